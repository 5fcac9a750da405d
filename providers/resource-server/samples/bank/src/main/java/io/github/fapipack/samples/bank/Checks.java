package io.github.fapipack.samples.bank;

import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.FapiResourceServerBuilder;

/** The kit, as each realm needs it. */
final class Checks {
  private Checks() {}

  static FapiResourceServer of(BankSettings settings, RealmSettings realm) {
    FapiResourceServerBuilder server =
        FapiResourceServer.builder()
            .issuer(realm.issuer())
            .resource(settings.origin() + "/" + realm.name());
    return server.build();
  }
}
