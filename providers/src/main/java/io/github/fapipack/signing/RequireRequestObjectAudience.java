package io.github.fapipack.signing;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.security.RequestObject;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.keycloak.services.Urls;

/** A request object is meant for this issuer: {@code aud} is the issuer, or a list that has it. */
@Clause({"FAPI2-MS 5.3.1-2", "CIBA 7.1.1-2", "FAPI1-ADV 5.2.2-15"})
public final class RequireRequestObjectAudience extends Rule<NoSettings> {

  public RequireRequestObjectAudience() {
    super(NoSettings.class, "Request objects must have the issuer as audience.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<RequestObject> object = RequestObject.in(occasion);
    if (object.isEmpty()) {
      return;
    }
    String issuer =
        Urls.realmIssuer(
            occasion.session().getContext().getUri().getBaseUri(), occasion.realm().getName());
    if (!names(object.get().claims().path("aud"), issuer)) {
      throw object.get().refusal("aud must be the issuer, or an array that has it: " + issuer);
    }
  }

  static boolean names(JsonNode audience, String issuer) {
    if (audience.isArray()) {
      return StreamSupport.stream(audience.spliterator(), false).allMatch(JsonNode::isTextual)
          && StreamSupport.stream(audience.spliterator(), false)
              .anyMatch(one -> one.textValue().equals(issuer));
    }
    return audience.isTextual() && audience.textValue().equals(issuer);
  }
}
