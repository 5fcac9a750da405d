package io.github.fapipack.grantmanagement;

import org.keycloak.provider.ProviderFactory;

/** Creates the store of grants. */
public interface GrantsFactory extends ProviderFactory<Grants> {}
