package io.github.fapipack.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fapipack.authentication.LimitClientAssertionLifetime;
import io.github.fapipack.authentication.RestrictClientAssertionAlgorithm;
import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.jose.AllowedAlgorithms;
import io.github.fapipack.rule.Refusal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAssertionTest {
  private static final AllowedAlgorithms ALL = new AllowedAlgorithms(Algorithms.ALLOWED);

  private static final int CAP = 300;
  private static final long NOW = 1_000_000;

  @Test
  void readsHeaderAndClaimsAsTheyWereSent() throws Exception {
    ClientAssertion read =
        ClientAssertion.of(bytes("{\"alg\":\"ES256\"}"), bytes("{\"aud\":[\"a\"],\"exp\":\"1\"}"));

    assertThat(read.header().path("alg").textValue()).isEqualTo("ES256");
    assertThat(read.claims().path("aud").isArray()).isTrue();
    assertThat(read.claims().path("exp").isTextual()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"aud\":\"a\",\"aud\":\"b\"}", "{} {}", "[]", "null", "1", "", "{", "{\"a\":}"})
  void refusesAPayloadThatIsNotOnePlainObject(String payload) {
    assertThatThrownBy(() -> ClientAssertion.of(bytes("{}"), bytes(payload)))
        .isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'exp':1000060,'jti':'a'}",
        "{'exp':1000300,'iat':1000000,'jti':'a'}",
        "{'exp':1000330,'iat':1000030,'jti':'a'}",
        "{'exp':1000060,'iat':1000030,'nbf':1000030,'jti':'a'}",
        "{'exp':1000060,'iat':999990,'nbf':0,'jti':'a'}"
      })
  void acceptsAShortLife(String claims) {
    assertThatCode(() -> LimitClientAssertionLifetime.checkClaims(json(claims), CAP, NOW))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'jti':'a'}",
        "{'exp':null,'jti':'a'}",
        "{'exp':1000000,'jti':'a'}",
        "{'exp':1000331,'jti':'a'}",
        "{'exp':1000301,'iat':1000000,'jti':'a'}",
        "{'exp':1000060,'iat':1000031,'jti':'a'}",
        "{'exp':1000060,'nbf':1000031,'jti':'a'}",
        "{'exp':'1000060','jti':'a'}",
        "{'exp':1e400,'jti':'a'}",
        "{'exp':1e999999999,'jti':'a'}",
        "{'exp':-1.5,'jti':'a'}",
        "{'exp':1000331.5,'jti':'a'}",
        "{'exp':true,'jti':'a'}",
        "{'exp':[1000060],'jti':'a'}",
        "{'exp':9223372036854775807,'jti':'a'}",
        "{'exp':9223372036854775808,'jti':'a'}",
        "{'exp':1000060,'iat':-9223372036854775808,'jti':'a'}",
        "{'exp':1000060}",
        "{'exp':1000060,'jti':1}",
        "{'exp':1000060,'jti':' '}"
      })
  void refusesALongOrUnclearLife(String claims) {
    assertThatThrownBy(() -> LimitClientAssertionLifetime.checkClaims(json(claims), CAP, NOW))
        .isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'alg':'PS256'}",
        "{'alg':'ES256','typ':'JWT','kid':'a'}",
        "{'alg':'EdDSA','typ':'application/client-authentication+jwt'}"
      })
  void acceptsTheHeaderOfAClientAssertion(String header) {
    assertThatCode(() -> RestrictClientAssertionAlgorithm.checkHeader(json(header), ALL))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'alg':null}",
        "{'alg':['ES256']}",
        "{'alg':'es256'}",
        "{'alg':'none'}",
        "{'alg':'RS256'}",
        "{'alg':'Ed448'}",
        "{'alg':'ES256','typ':'at+jwt'}",
        "{'alg':'ES256','typ':null}",
        "{'alg':'ES256','jku':'https://a'}",
        "{'alg':'ES256','x5u':null}",
        "{'alg':'ES256','crit':[]}"
      })
  void refusesAnyOtherHeader(String header) {
    assertThatThrownBy(() -> RestrictClientAssertionAlgorithm.checkHeader(json(header), ALL))
        .isInstanceOf(Refusal.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
