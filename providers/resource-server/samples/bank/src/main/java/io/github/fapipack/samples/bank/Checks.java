package io.github.fapipack.samples.bank;

import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.FapiResourceServerBuilder;
import io.github.fapipack.resourceserver.message.ClientKeys;
import io.github.fapipack.resourceserver.message.HttpSignatures;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.token.ClientAuthentication;
import io.github.fapipack.resourceserver.token.IntrospectionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;

/** The kit, as each realm needs it. */
final class Checks {
  private Checks() {}

  static FapiResourceServer of(BankSettings settings, RealmSettings realm, ReplayStore used) {
    FapiResourceServerBuilder server =
        FapiResourceServer.builder()
            .issuer(realm.issuer())
            .resource(settings.origin() + "/" + realm.name())
            .replayStore(used)
            .metadata(metadata -> metadata.scopes(realm.accountsScope()).named("Sample bank"));
    try {
      server.ssl(settings.tls().forIssuers());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    realm.introspection().ifPresent(asking -> server.introspection(introspection(asking)));
    realm
        .signatures()
        .ifPresent(
            keys ->
                server
                    .httpSignatures(signatures(keys))
                    .publicKeys(URI.create(settings.origin() + "/" + realm.name() + "/jwks")));
    return server.build();
  }

  /** Requests are signed, and so are the responses (FAPI2-HS). */
  private static HttpSignatures signatures(RealmSettings.Signatures keys) {
    return HttpSignatures.of(ClientKeys.of(keys.clients())).signing(keys.key());
  }

  /** A bank asks about each token, and each time: what is revoked is refused at once. */
  private static IntrospectionSettings introspection(RealmSettings.Introspection asking) {
    IntrospectionSettings settings =
        IntrospectionSettings.by(
                new ClientAuthentication.PrivateKeyJwt(asking.clientId(), asking.key()))
            .forAllTokens()
            .remembered(Duration.ZERO);
    return asking.onlySigned() ? settings.onlySigned() : settings;
  }
}
