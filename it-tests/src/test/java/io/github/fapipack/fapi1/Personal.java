package io.github.fapipack.fapi1;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Mappers that put the user's data into ID tokens, or hide who the user is. */
final class Personal {
  private Personal() {}

  static void inIdTokens(ObjectNode client) {
    mapper(client, "email", "oidc-usermodel-attribute-mapper")
        .put("user.attribute", "email")
        .put("claim.name", "email")
        .put("id.token.claim", "true");
    mapper(client, "color", "oidc-hardcoded-claim-mapper")
        .put("claim.value", "blue")
        .put("claim.name", "color")
        .put("id.token.claim", "true");
  }

  static void pairwise(ObjectNode client) {
    mapper(client, "pairwise", "oidc-sha256-pairwise-sub-mapper")
        .put("pairwiseSubAlgorithmSalt", "s");
  }

  private static ObjectNode mapper(ObjectNode client, String name, String type) {
    ObjectNode mapper = client.withArray("/protocolMappers").addObject();
    mapper.put("name", name).put("protocol", "openid-connect").put("protocolMapper", type);
    return mapper.putObject("config");
  }
}
