package io.github.fapipack.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.protocol.oidc.mappers.HardcodedClaim;
import org.keycloak.protocol.oidc.mappers.SHA256PairwiseSubMapper;
import org.keycloak.protocol.oidc.mappers.UserAttributeMapper;
import org.keycloak.protocol.oidc.mappers.UserClientRoleMappingMapper;
import org.keycloak.protocol.oidc.mappers.UserRealmRoleMappingMapper;
import org.keycloak.protocol.oidc.mappers.UserSessionNoteMapper;

/** What a mapper's kind and configuration tell of what it writes. */
class MapperRightsTest {

  private static ProtocolMapperModel mapper(String type, String claim, String... places) {
    ProtocolMapperModel mapper = new ProtocolMapperModel();
    mapper.setName("mapper");
    mapper.setProtocolMapper(type);
    Map<String, String> config = new HashMap<>();
    config.put("claim.name", claim);
    for (String place : places) {
      config.put(place, "true");
    }
    mapper.setConfig(config);
    return mapper;
  }

  @ParameterizedTest
  @CsvSource({
    "sub, sub",
    "sub., sub",
    "sub.x, sub",
    "\\sub, sub",
    "s\\ub, sub",
    "cnf.x5t#S256, cnf",
    "authorization\\_details.x, authorization_details",
    "resource_access.account.roles, resource_access",
    "cnf\\.jkt,",
    ".sub,",
    "SUB,",
    "roles,",
    "email,",
    "department.sub,",
    "issued_token_type,"
  })
  void readsTheNameOfAClaimAsKeycloakDoes(String claim, String forbidden) {
    ProtocolMapperModel mapper =
        mapper(HardcodedClaim.PROVIDER_ID, claim, "access.token.claim", "id.token.claim");

    assertThat(MapperRights.forbidden(mapper).orElse(null)).isEqualTo(forbidden);
    if (forbidden != null) {
      assertThat(MapperRights.of(new HardcodedClaim()).harmless(mapper)).isFalse();
    }
  }

  @Test
  void aClientsNameMayBeThatOfAClaim() {
    MapperRights rights = MapperRights.of(new UserClientRoleMappingMapper());

    assertThat(rights.harmless(mapper(UserClientRoleMappingMapper.PROVIDER_ID, "${client_id}")))
        .isFalse();
    assertThat(rights.harmless(mapper(UserClientRoleMappingMapper.PROVIDER_ID, "roles"))).isTrue();
  }

  @Test
  void whatKeycloaksOwnScopesHaveNeedsNoWatching() {
    MapperRights roles = MapperRights.of(new UserRealmRoleMappingMapper());
    ProtocolMapperModel mapper =
        mapper(UserRealmRoleMappingMapper.PROVIDER_ID, "realm_access.roles");
    assertThat(roles.harmless(mapper)).isFalse();
    mapper.getConfig().put("multivalued", "true");
    assertThat(roles.harmless(mapper)).isTrue();

    MapperRights notes = MapperRights.of(new UserSessionNoteMapper());
    ProtocolMapperModel note = mapper(UserSessionNoteMapper.PROVIDER_ID, "auth_time");
    assertThat(notes.harmless(note)).isFalse();
    note.getConfig().put("user.session.note", "AUTH_TIME");
    assertThat(notes.harmless(note)).isTrue();
    note.getConfig().put("claim.name", "sub");
    assertThat(notes.harmless(note)).isFalse();

    MapperRights attributes = MapperRights.of(new UserAttributeMapper());
    ProtocolMapperModel attribute = mapper(UserAttributeMapper.PROVIDER_ID, "realm_access.roles");
    attribute.getConfig().put("multivalued", "true");
    assertThat(attributes.harmless(attribute)).isFalse();
  }

  @Test
  void whatGoesIntoTheTokenResponseOnlyIsDecidedThere() {
    ProtocolMapperModel mapper =
        mapper(HardcodedClaim.PROVIDER_ID, "token_type", "access.token.claim");
    assertThat(MapperRights.forbidden(mapper)).isEmpty();

    mapper.getConfig().put("access.tokenResponse.claim", "true");
    assertThat(MapperRights.forbidden(mapper)).contains("token_type");
  }

  @Test
  void aPairwiseMapperOfAnybodyDecidesTheSubject() {
    assertThat(MapperRights.of(new SHA256PairwiseSubMapper()).decides()).containsExactly("sub");
    SHA256PairwiseSubMapper own =
        new SHA256PairwiseSubMapper() {
          @Override
          public String getIdPrefix() {
            return "own";
          }
        };

    MapperRights rights = MapperRights.of(own);
    assertThat(rights.decides()).containsExactly("sub");
    assertThat(rights.known()).isFalse();
  }

  @Test
  void whoeverTakesThePlaceOfAKnownMapperIsWatched() {
    HardcodedClaim own = new HardcodedClaim() {};

    assertThat(MapperRights.of(own).harmless(mapper(own.getId(), "department"))).isFalse();
  }
}
