package io.github.fapipack.claims;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.representations.AuthorizationDetailsJSONRepresentation;
import org.keycloak.representations.IDToken;
import org.keycloak.util.JsonSerialization;

/** What a mapper of somebody's own could do to a document is seen, and can be undone. */
class DecidedClaimsTest {
  private static final MapperRights NONE = new MapperRights(Set.of(), false, false);
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static AccessToken token() {
    AccessToken token = new AccessToken();
    token.id("id").issuer("https://as.example").subject("alice").type("Bearer");
    token.issuedFor("client").audience("api").exp(4102444800L).iat(1L);
    token.setSessionId("sid");
    token.setScope("openid");
    token.setAcr("1");
    AccessToken.Confirmation confirmation = new AccessToken.Confirmation();
    confirmation.setKeyThumbprint("thumbprint");
    token.setConfirmation(confirmation);
    AuthorizationDetailsJSONRepresentation details = new AuthorizationDetailsJSONRepresentation();
    details.setType("payment_initiation");
    details.setCustomData("amount", Map.of("currency", "EUR", "amount", "10.00"));
    token.setAuthorizationDetails(new ArrayList<>(List.of(details)));
    token.addAccess("api").addRole("reader");
    token.setOtherClaims("amr", new ArrayList<>(List.of("pwd")));
    token.setOtherClaims("department", "loans");
    return token;
  }

  private static JsonNode strict(Object document) throws Exception {
    return STRICT.readTree(JsonSerialization.writeValueAsString(document));
  }

  @Test
  @SuppressWarnings("unchecked")
  void seesAndUndoesChangesInPlace() throws Exception {
    AccessToken token = token();
    JsonNode decided = strict(token);
    DecidedClaims before = DecidedClaims.of(token, NONE);

    token.getConfirmation().setKeyThumbprint("another");
    token.getAuthorizationDetails().get(0).setCustomData("amount", "1000000.00");
    token.addAccess("api").addRole("administrator");
    token.addAudience("bank");
    ((List<Object>) token.getOtherClaims().get("amr")).add("hwk");

    Set<String> changed = before.changedIn(token);
    assertThat(changed)
        .containsExactly("amr", "aud", "authorization_details", "cnf", "resource_access");
    before.restore(token, changed);
    assertThat(strict(token)).isEqualTo(decided);
    assertThat(before.changedIn(token)).isEmpty();
  }

  @Test
  void seesAndUndoesMembersThatStandTwice() throws Exception {
    AccessToken token = token();
    JsonNode decided = strict(token);
    DecidedClaims before = DecidedClaims.of(token, NONE);

    token.setOtherClaims("sid", "another");
    token.setOtherClaims("sub", "alice");
    token.setOtherClaims("cnf", Map.of("jkt", "another"));
    token.setOtherClaims("grant_id", "another");
    token.setOtherClaims("resource_access", Map.of());
    token.setOtherClaims("realm_access", Map.of());

    before.restore(token, before.changedIn(token));
    assertThat(strict(token)).isEqualTo(decided);
  }

  @Test
  void holdsAnotherDocumentToTheSame() throws Exception {
    AccessToken token = token();
    DecidedClaims before = DecidedClaims.of(token, NONE);
    AccessToken another = new AccessToken();
    another.setOtherClaims("department", "loans");

    Set<String> changed = before.changedIn(another);
    assertThat(changed).contains("sub", "exp", "cnf", "amr", "sid");
    before.restore(another, changed);
    assertThat(strict(another)).isEqualTo(strict(token));
  }

  @Test
  void removesWhatHasBeenRemoved() {
    AccessToken token = token();
    DecidedClaims before = DecidedClaims.of(token, NONE);

    token.audience((String[]) null);
    token.setConfirmation(null);
    token.getOtherClaims().remove("amr");

    Set<String> changed = before.changedIn(token);
    assertThat(changed).containsExactly("amr", "aud", "cnf");
    before.restore(token, changed);
    assertThat(token.getAudience()).containsExactly("api");
    assertThat(token.getConfirmation().getKeyThumbprint()).isEqualTo("thumbprint");
    assertThat(token.getOtherClaims()).containsEntry("amr", List.of("pwd"));
  }

  @Test
  void leavesAloneWhatAMapperMayWrite() throws Exception {
    AccessToken token = token();
    DecidedClaims before =
        DecidedClaims.of(token, new MapperRights(MapperRights.ROLES, false, true));

    token.addAccess("api").addRole("writer");
    token.setOtherClaims("resource_access", List.of("twice"));
    token.setOtherClaims("nickname", "al");

    Set<String> changed = before.changedIn(token);
    assertThat(changed).containsExactly("resource_access");
    before.restore(token, changed);
    JsonNode left = strict(token);
    assertThat(left.at("/resource_access/api/roles")).hasSize(2);
    assertThat(left.path("nickname").asText()).isEqualTo("al");
  }

  @Test
  void anIdTokenHasNoFieldForRoles() {
    IDToken token = new IDToken();
    DecidedClaims before =
        DecidedClaims.of(token, new MapperRights(MapperRights.ROLES, false, true));

    token.setOtherClaims("realm_access", Map.of("roles", List.of("reader")));
    token.setNonce("another");
    token.setOtherClaims("scope", "payments");

    assertThat(before.changedIn(token)).containsExactly("nonce", "scope");
  }

  @Test
  void aResponseKeepsItsOwnMembers() throws Exception {
    AccessTokenResponse response = new AccessTokenResponse();
    response.setToken("token");
    response.setTokenType("DPoP");
    response.setExpiresIn(300);
    JsonNode decided = strict(response);
    DecidedClaims before = DecidedClaims.of(response, NONE);

    response.setToken("another");
    response.setExpiresIn(4102444800L);
    response.setOtherClaims("token_type", "Bearer");
    response.setOtherClaims("authorization_details", "another");
    response.setOtherClaims("issued_token_type", "another");

    Set<String> changed = before.changedIn(response);
    assertThat(changed)
        .containsExactly(
            "access_token",
            "authorization_details",
            "expires_in",
            "issued_token_type",
            "token_type");
    before.restore(response, changed);
    assertThat(strict(response)).isEqualTo(decided);
  }
}
