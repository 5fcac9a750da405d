package io.github.fapipack.resourceserver.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiBody;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Peer;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InteractionIdTest {
  private static final String GOOD = "6A5ffaad-0000-4c5e-9f3a-1b2c3d4e5f60";

  @Test
  void aUuidIsEchoedAsItCame() {
    assertThat(InteractionId.of(request(GOOD)))
        .isEqualTo(new HttpField("x-fapi-interaction-id", GOOD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "6a5ffaad00004c5e9f3a1b2c3d4e5f60",
        "6a5ffaad-0000-4c5e-9f3a-1b2c3d4e5f6",
        "6a5ffaad-0000-4c5e-9f3a-1b2c3d4e5f6g",
        "6a5ffaad-0000-4c5e-9f3a-1b2c3d4e5f60\n",
        "{6a5ffaad-0000-4c5e-9f3a-1b2c3d4e5f60}"
      })
  void anythingElseIsReplaced(String sent) {
    String answered = InteractionId.of(request(sent)).value();
    assertThat(answered).isNotEqualTo(sent);
    assertThat(UUID.fromString(answered).version()).isEqualTo(4);
    assertThatThrownBy(() -> new InteractionId(true).check(request(sent)))
        .isInstanceOf(RefusedRequest.class);
  }

  @Test
  void twoOfThemAreReplacedByOne() {
    String other = UUID.randomUUID().toString();
    assertThat(InteractionId.of(request(GOOD, other)).value()).isNotIn(GOOD, other);
  }

  @Test
  void itIsRequiredOnlyIfThatIsSaid() {
    assertThatCode(() -> new InteractionId(false).check(request())).doesNotThrowAnyException();
    assertThatCode(() -> new InteractionId(true).check(request(GOOD))).doesNotThrowAnyException();
    assertThatThrownBy(() -> new InteractionId(true).check(request()))
        .isInstanceOf(RefusedRequest.class)
        .hasMessageContaining("x-fapi-interaction-id");
  }

  @Property(tries = 300)
  void theAnswerIsAlwaysAUuid(@ForAll String sent) {
    String answered = InteractionId.of(request(sent)).value();
    assertThat(UUID.fromString(answered).toString()).isEqualToIgnoringCase(answered);
  }

  private static ApiRequest request(String... ids) {
    List<HttpField> fields =
        Stream.of(ids).map(id -> new HttpField("X-FAPI-Interaction-Id", id)).toList();
    Peer peer = new Peer(InetAddress.getLoopbackAddress(), Optional.empty());
    return new ApiRequest("GET", "https://api.example/", fields, ApiBody.NONE, peer);
  }
}
