package io.github.fapipack.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.ecosystem.ClaimRule;
import io.github.fapipack.rule.Refusal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.util.JsonSerialization;

class RequestedClaimsTest {

  private static final ClaimRule TEXT =
      new ClaimRule("cpf", null, false, null, Pattern.compile("[0-9]{3}"), null);
  private static final ClaimRule LIST =
      new ClaimRule("cnpj", null, false, ClaimRule.Type.ARRAY, null, null);
  private static final Map<String, ClaimRule> RULES = Map.of("cpf", TEXT, "cnpj", LIST);

  private static JsonNode json(String text) throws Exception {
    return JsonSerialization.mapper.readTree(text.replace('\'', '"'));
  }

  private static RequestedClaim text(String request) throws Exception {
    return RequestedClaim.of("cpf", TEXT, json(request));
  }

  private static RequestedClaim list(String request) throws Exception {
    return RequestedClaim.of("cnpj", LIST, json(request));
  }

  @Test
  void aVoluntaryClaimIsGivenOrLeftOut() throws Exception {
    for (String any : List.of("null", "{}", "{'essential':true}")) {
      assertThat(text(any).given(TEXT, List.of("111", "222"))).contains(List.of("111"));
      assertThat(list(any).given(LIST, List.of("1", "2"))).contains(List.of("1", "2"));
      assertThat(text(any).given(TEXT, List.of())).isEmpty();
      assertThat(text(any).fails(List.of())).isFalse();
    }
    assertThat(text("{'value':'333'}").given(TEXT, List.of("111"))).isEmpty();
    assertThat(text("{'value':'333'}").fails(List.of("111"))).isFalse();
  }

  @Test
  void anEssentialValueMustBeTheUsers() throws Exception {
    RequestedClaim one = text("{'essential':true,'value':'111'}");
    assertThat(one.fails(List.of("111"))).isFalse();
    assertThat(one.fails(List.of("222"))).isTrue();
    assertThat(one.fails(List.of())).isTrue();
    RequestedClaim several = text("{'essential':true,'values':['111','222']}");
    assertThat(several.fails(List.of("222"))).isFalse();
    assertThat(several.given(TEXT, List.of("222"))).contains(List.of("222"));
  }

  @Test
  void ofAListTheUserMustHaveEverythingAndNoMoreIsGiven() throws Exception {
    RequestedClaim both = list("{'essential':true,'value':['1','2']}");
    assertThat(both.fails(List.of("1"))).isTrue();
    assertThat(both.given(LIST, List.of("3", "2", "1"))).contains(List.of("1", "2"));
    assertThat(list("{'essential':true,'value':'2'}").given(LIST, List.of("1", "2")))
        .contains(List.of("2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "1",
        "'x'",
        "true",
        "{'essential':1}",
        "{'value':1}",
        "{'value':null}",
        "{'value':['1']}",
        "{'values':'1'}",
        "{'values':[]}",
        "{'values':[1]}"
      })
  void anythingElseIsRefused(String request) {
    assertThatThrownBy(() -> text(request)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> list(request.replace("['1']", "[1]"))).isInstanceOf(Refusal.class);
  }

  @Test
  void onlyWhatTheProfileListsIsKept() throws Exception {
    JsonNode claims =
        json("{'id_token':{'cpf':null,'acr':{'value':'x'}},'userinfo':{'email':null},'x':1}");
    RequestedClaims read = RequestedClaims.of(RULES, claims);

    assertThat(read.reduced(claims)).isEqualTo(json("{'id_token':{'cpf':null}}"));
    assertThat(RequestedClaims.read(RULES, null).in("id_token")).isEmpty();
    assertThat(RequestedClaims.read(RULES, "{").in("id_token")).isEmpty();
    for (String odd : List.of("[]", "1", "{'id_token':[1]}", "{'id_token':null}")) {
      assertThat(RequestedClaims.of(RULES, json(odd)).in("id_token")).isEmpty();
    }
  }

  @Test
  void requestsForClaimsAreLimited() throws Exception {
    String values = "'111',".repeat(19) + "'111'";
    JsonNode many =
        json(
            "{'id_token':{'cnpj':{'values':["
                + ("'" + "9".repeat(200) + "',").repeat(10)
                + values.substring(0, 5)
                + "]}}}");
    assertThatThrownBy(() -> RequestedClaims.of(RULES, many)).isInstanceOf(Refusal.class);
  }
}
