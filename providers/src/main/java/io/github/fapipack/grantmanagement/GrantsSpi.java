package io.github.fapipack.grantmanagement;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Makes {@code session.getProvider(Grants.class)} work. */
public final class GrantsSpi implements Spi {

  @Override
  public boolean isInternal() {
    return true;
  }

  @Override
  public String getName() {
    return "fapi-grants";
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return Grants.class;
  }

  @Override
  @SuppressWarnings("rawtypes") // the signature in the interface
  public Class<? extends ProviderFactory> getProviderFactoryClass() {
    return GrantsFactory.class;
  }
}
