package io.github.fapipack.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.RealmComponents;
import io.github.fapipack.profile.RealmFields;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.keycloak.models.UserModel;
import org.keycloak.util.JsonSerialization;

/**
 * Checks which attributes users can write into tokens: {@code locale}, which Keycloak lets them set
 * to any text, must be a language tag (BCP 47).
 */
final class ProfileAttributes implements Check {

  private static final String CONFIG = "kc.user.profile.config";

  @Override
  public String id() {
    return "fapi-user-profile";
  }

  @Override
  public String help() {
    return "The user profile checks what users edit themselves and scopes put into tokens.";
  }

  @Override
  public void check(RealmUnderAudit audited, Consumer<Finding> findings) {
    String pointer = RealmComponents.USER_PROFILE;
    List<ObjectNode> own = RealmComponents.read(audited.realm(), pointer);
    List<ObjectNode> wanted = RealmComponents.of(audited.profile(), pointer);
    if (wanted.isEmpty() || !audited.realm().isInternationalizationEnabled()) {
      return; // users can only set it if there are several languages
    }
    // A realm without its own user profile uses Keycloak's default, which the profile's file
    // contains.
    ObjectNode component = own.isEmpty() ? wanted.get(0) : own.get(0).deepCopy();
    ObjectNode profile = profile(component).or(() -> profile(wanted.get(0))).orElseThrow();
    Optional<JsonNode> locale = locale(profile);
    if (!own.isEmpty() && locale.filter(ProfileAttributes::isChecked).isPresent()) {
      return;
    }
    JsonNode checked = locale(profile(wanted.get(0)).orElseThrow()).orElseThrow();
    if (locale.isEmpty()) {
      profile.withArray("/attributes").add(checked);
    } else {
      ((ObjectNode) locale.get())
          .withObject("/validations")
          .set("pattern", checked.path("validations").path("pattern"));
    }
    component.withObject("/config").putArray(CONFIG).add(profile.toString());
    findings.accept(
        new Finding(
            Severity.WARNING,
            id(),
            null,
            Where.realm(pointer),
            "users may set their locale to any text, which is then written into tokens",
            Finding.APPLY,
            List.of(
                new Change(
                    Where.realm(pointer),
                    RealmComponents.texts(own),
                    RealmComponents.texts(List.of(component))))));
  }

  /** Whether users cannot set it to any text. */
  private static boolean isChecked(JsonNode locale) {
    return locale.path("validations").has("pattern") || isAdministrators(locale);
  }

  private static boolean isAdministrators(JsonNode attribute) {
    return !RealmFields.texts(attribute.path("permissions").path("edit")).contains("user");
  }

  private static Optional<JsonNode> locale(JsonNode profile) {
    return StreamSupport.stream(profile.path("attributes").spliterator(), false)
        .filter(attribute -> attribute.path("name").asText().equals(UserModel.LOCALE))
        .findFirst();
  }

  private static Optional<ObjectNode> profile(JsonNode component) {
    try {
      return JsonSerialization.mapper.readTree(
                  component.path("config").path(CONFIG).path(0).asText())
              instanceof ObjectNode profile
          ? Optional.of(profile)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
