package io.github.fapipack.samples.quarkus;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.message.ClientKeys;
import io.github.fapipack.resourceserver.message.HttpSignatures;
import io.github.fapipack.resourceserver.replay.CaffeineReplayStore;
import io.github.fapipack.resourceserver.request.Frontend;
import io.github.fapipack.resourceserver.testing.DpopClient;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The same API, but payments are signed, and all responses. */
@Alternative
@Singleton
public class SigningApi {
  static final JWK OWN = TestIssuer.newKey();
  static final DpopClient CLIENT = DpopClient.create();

  @Produces
  @Alternative
  @Singleton
  FapiResourceServer api(
      @ConfigProperty(name = "fapi.issuer") String issuer,
      @ConfigProperty(name = "fapi.resource") String resource) {
    ClientKeys keys = ClientKeys.of(Map.of("client-1", new JWKSet(CLIENT.key().toPublicJWK())));
    return FapiResourceServer.builder()
        .issuer(issuer)
        .resource(resource)
        .frontend(Frontend.direct())
        .replayStore(new CaffeineReplayStore())
        .httpSignatures(HttpSignatures.of(keys).requiredFor("POST").signing(OWN))
        .build();
  }

  /** Puts it in the place of the other. */
  public static final class Profile implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(SigningApi.class);
    }
  }
}
