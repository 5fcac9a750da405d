package io.github.fapipack.grantmanagement;

import org.keycloak.provider.ProviderFactory;

/** Makes the store of grants. */
public interface GrantsFactory extends ProviderFactory<Grants> {}
