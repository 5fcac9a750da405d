package io.github.fapipack.resourceserver.sender;

import static io.github.fapipack.resourceserver.sender.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DpopNonceTest {
  private static final byte[] SECRET = secret(1);
  private static final byte[] OTHER = secret(2);

  private final Sender sender = new Sender();

  @BeforeEach
  void demandNonces() {
    sender.settings = sender.settings.nonces(DpopNonces.of(SECRET).every(Duration.ofMinutes(1)));
  }

  @Test
  void theAnswerToAProofWithoutNonceBringsOne() throws Exception {
    String nonce = handedOut(sender.proof().sign());
    assertThat(sender.send(sender.proof().claim("nonce", nonce).sign())).isEmpty();
  }

  @Test
  void anInventedNonceIsRefused() {
    handedOut(sender.proof().claim("nonce", "invented").sign());
    handedOut(sender.proof().claim("nonce", "").sign());
    handedOut(sender.proof().claim("nonce", List.of("x")).sign());
  }

  @Test
  void aNonceOfThePeriodBeforeIsTakenAndReplaced() throws Exception {
    String first = handedOut(sender.proof().sign());
    sender.clock.pass(Duration.ofMinutes(1));
    List<HttpField> answer = sender.send(sender.proof().claim("nonce", first).sign());
    assertThat(answer).extracting(HttpField::name).containsExactly("DPoP-Nonce");
    String second = answer.get(0).value();
    assertThat(second).isNotEqualTo(first);
    assertThat(sender.send(sender.proof().claim("nonce", second).sign())).isEmpty();
  }

  @Test
  void anOldNonceIsRefused() {
    String first = handedOut(sender.proof().sign());
    sender.clock.pass(Duration.ofMinutes(2));
    assertThat(handedOut(sender.proof().claim("nonce", first).sign())).isNotEqualTo(first);
  }

  @Test
  void anotherNodeWithTheSameSecretTakesItEvenIfItsClockIsSlow() throws Exception {
    String nonce = handedOut(sender.proof().sign());
    Sender node = new Sender();
    node.settings = sender.settings.nonces(DpopNonces.of(SECRET).every(Duration.ofMinutes(1)));
    node.clock.pass(Duration.ofSeconds(-30));
    assertThat(node.send(node.proof().claim("nonce", nonce).sign())).hasSize(1);
  }

  @Test
  void aNodeWithAnotherSecretRefusesIt() {
    String nonce = handedOut(sender.proof().sign());
    Sender node = new Sender();
    node.settings = sender.settings.nonces(DpopNonces.of(OTHER).every(Duration.ofMinutes(1)));
    refused(
        Problem.USE_DPOP_NONCE,
        "nonce",
        () -> node.send(node.proof().claim("nonce", nonce).sign()));
  }

  @Test
  void whileTheSecretChangesBothAreTaken() throws Exception {
    String nonce = handedOut(sender.proof().sign());
    Sender node = new Sender();
    DpopNonces both = DpopNonces.of(OTHER).previous(SECRET).every(Duration.ofMinutes(1));
    node.settings = sender.settings.nonces(both);
    List<HttpField> answer = node.send(node.proof().claim("nonce", nonce).sign());
    assertThat(answer).hasSize(1);
    assertThat(node.send(node.proof().claim("nonce", answer.get(0).value()).sign())).isEmpty();
  }

  @Test
  void withoutNoncesOneIsIgnored() throws Exception {
    sender.settings = DpopSettings.defaults();
    assertThat(sender.send(sender.proof().claim("nonce", "of another API").sign())).isEmpty();
  }

  @Test
  void aShortSecretAndAShortPeriodAreRefused() {
    assertThatThrownBy(() -> DpopNonces.of(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DpopNonces.of(SECRET).every(Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The nonce with which the request is refused. */
  private String handedOut(String proof) {
    RefusedRequest refusal =
        refused(Problem.USE_DPOP_NONCE, "DPoP-Nonce", () -> sender.send(proof));
    assertThat(refusal.fields()).extracting(HttpField::name).containsExactly("DPoP-Nonce");
    assertThat(sender.used).isEmpty();
    return refusal.fields().get(0).value();
  }

  private static byte[] secret(int of) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) of);
    return secret;
  }
}
