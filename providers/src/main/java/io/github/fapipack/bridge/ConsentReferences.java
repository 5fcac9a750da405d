package io.github.fapipack.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.approval.ConsentReference;
import io.github.fapipack.ecosystem.ConsentRules;
import io.github.fapipack.ecosystem.ConsentRules.Details;
import io.github.fapipack.ecosystem.ConsentRules.Reference;
import io.github.fapipack.jose.StrictJson;
import io.github.fapipack.request.SentParameter;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/** Finds the consent that an authorization request names, where the profile says that it is. */
final class ConsentReferences {

  /** In characters; as long as a column of the database. */
  private static final int LONGEST = 255;

  private final Occasion occasion;
  private final ConsentRules rules;

  ConsentReferences(Occasion occasion, ConsentRules rules) {
    this.occasion = occasion;
    this.rules = rules;
  }

  /**
   * The consent of the request; empty if it names none.
   *
   * @throws Refusal if it names several, or if what it names cannot be an id
   */
  Optional<ConsentReference> find() throws Refusal {
    List<ConsentReference> found = all(rules.reference()).distinct().toList();
    if (found.stream().map(ConsentReference::id).distinct().count() > 1
        || found.stream().filter(one -> one.scope() != null).count() > 1) {
      throw Refusal.invalidRequest(
          "the request names more than one consent", "send one request for each consent");
    }
    for (ConsentReference one : found) {
      requireReadable(one.id());
    }
    return found.stream().findFirst();
  }

  /** The scopes of the request as the client sent them. */
  String scope() throws Refusal {
    Optional<String> whole = ConsentScopes.sent(occasion);
    return whole.isPresent()
        ? whole.get()
        : SentParameter.text(occasion, OAuth2Constants.SCOPE).orElse("");
  }

  private Stream<ConsentReference> all(Reference reference) throws Refusal {
    if (!reference.scope().isEmpty()) {
      return rules.carriers(scope()).stream()
          .map(word -> new ConsentReference(reference.idIn(word), word));
    }
    List<JsonNode> ids =
        reference.claim() != null
            ? claims(reference.claim())
            : reference.details() != null
                ? inDetails(reference.details())
                : arrangement(reference.arrangement());
    List<ConsentReference> found = new ArrayList<>();
    for (JsonNode id : ids) {
      if (!id.isTextual()) {
        throw Refusal.invalidRequest("the id of the consent is not a string", "send its id");
      }
      found.add(new ConsentReference(id.textValue(), null));
    }
    return found.stream();
  }

  /** OpenID Connect Core 5.5.1: {@code value} of a claim that is asked for. */
  private List<JsonNode> claims(String name) throws Refusal {
    JsonNode claims = json(OIDCLoginProtocol.CLAIMS_PARAM);
    return Stream.of("id_token", "userinfo")
        .map(target -> claims.path(target).path(name).path("value"))
        .filter(value -> !value.isMissingNode())
        .toList();
  }

  private List<JsonNode> arrangement(String name) throws Refusal {
    Optional<String> sent = ConsentScopes.sentClaims(occasion);
    JsonNode claims = sent.isPresent() ? parsed(sent.get()) : json(OIDCLoginProtocol.CLAIMS_PARAM);
    JsonNode id = claims.path(name);
    return id.isMissingNode() ? List.of() : List.of(id);
  }

  private List<JsonNode> inDetails(Details place) throws Refusal {
    List<JsonNode> ids = new ArrayList<>();
    for (JsonNode detail : json(AuthorizationDetails.PARAMETER)) {
      if (place.types().contains(detail.path("type").asText())) {
        List<JsonNode> here = place.id().all(detail);
        if (here.isEmpty()) {
          throw Refusal.invalidRequest(
              "authorization_details have no consent at " + place.id(), "name the consent there");
        }
        ids.addAll(here);
      }
    }
    return ids;
  }

  /** A parameter that is JSON; missing if it is malformed, which is refused elsewhere. */
  private JsonNode json(String parameter) throws Refusal {
    Optional<SentParameter> sent = SentParameter.in(occasion, parameter);
    if (sent.isEmpty()) {
      return MissingNode.getInstance();
    }
    JsonNode value = sent.get().value();
    return value.isTextual() ? parsed(value.textValue()) : value;
  }

  private static JsonNode parsed(String json) {
    try {
      return StrictJson.value(json);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static void requireReadable(String id) throws Refusal {
    if (!ConsentId.isValid(id)) {
      throw Refusal.invalidRequest(
          "the id of the consent is empty, longer than %d characters, or has characters that are not printable ASCII"
              .formatted(LONGEST),
          "send the id that the bank has given");
    }
  }
}
