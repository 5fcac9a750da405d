package io.github.fapipack.grants;

import org.keycloak.provider.ProviderFactory;

/** Makes the store of grants. */
public interface GrantsFactory extends ProviderFactory<Grants> {}
