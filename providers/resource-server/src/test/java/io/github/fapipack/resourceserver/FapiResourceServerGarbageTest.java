package io.github.fapipack.resourceserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.replay.CaffeineReplayStore;
import io.github.fapipack.resourceserver.request.ApiBody;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Peer;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Requests of any content, to an API whose issuer does not even exist. */
class FapiResourceServerGarbageTest {
  private static final FapiResourceServer API =
      FapiResourceServer.builder()
          .issuer("https://as.invalid")
          .resource("https://api.example")
          .replayStore(new CaffeineReplayStore())
          .build();

  @Property(tries = 300)
  void areRefusedAndBlamedOnWhoSendsThem(
      @ForAll String method,
      @ForAll String path,
      @ForAll String authorization,
      @ForAll String proof,
      @ForAll String more,
      @ForAll byte[] body) {
    List<HttpField> fields =
        List.of(
            new HttpField("Authorization", "DPoP " + authorization),
            new HttpField("DPoP", proof),
            new HttpField("Client-Cert", more),
            new HttpField("x-fapi-interaction-id", more),
            new HttpField("Signature-Input", more),
            new HttpField("Content-Type", "application/x-www-form-urlencoded"));
    ApiBody content = () -> body;
    Peer peer = new Peer(InetAddress.getLoopbackAddress(), Optional.empty());

    Decision decision =
        API.check(
            new ApiRequest(method, "https://api.example/" + path, fields, content, peer),
            Demands.scopes("accounts"));

    assertThat(decision).isInstanceOf(Refused.class);
    assertThat(((Refused) decision).status()).isBetween(400, 499);
  }
}
