package io.github.fapipack.change;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.profile.RealmFields;
import jakarta.ws.rs.core.Response.Status;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponse;
import org.keycloak.validation.ClientValidationContext;
import org.keycloak.validation.ClientValidationProvider;
import org.keycloak.validation.ValidationContext;

/**
 * Validates the doctor's changes as Keycloak validates changes in its own API. Faults that existed
 * before are accepted.
 */
final class Validity {

  private Validity() {}

  /** What Keycloak finds wrong with a client, each with its field. */
  static Set<String> faults(KeycloakSession session, ClientModel client) {
    Set<String> faults = new TreeSet<>();
    ClientValidationProvider keycloak = session.getProvider(ClientValidationProvider.class);
    if (keycloak != null) {
      keycloak
          .validate(new ClientValidationContext(ValidationContext.Event.UPDATE, session, client))
          .getErrors()
          .forEach(error -> faults.add(error.getFieldId() + ": " + error.getMessage()));
    }
    return faults;
  }

  /**
   * Refuses faults that did not exist before.
   *
   * @throws jakarta.ws.rs.WebApplicationException with HTTP 400
   */
  static void demandNoNew(ClientModel client, Set<String> before, Set<String> after) {
    Set<String> added = new LinkedHashSet<>(after);
    added.removeAll(before);
    if (!added.isEmpty()) {
      throw refused("client '" + client.getClientId() + "': " + String.join("; ", added));
    }
  }

  /**
   * Refuses a value that Keycloak's own pages would not offer for a realm setting.
   *
   * @throws jakarta.ws.rs.WebApplicationException with HTTP 400
   */
  static void demandValue(KeycloakSession session, String pointer, JsonNode value) {
    if (value.isNumber() && (!value.canConvertToInt() || value.intValue() < 0)) {
      throw refused(pointer + " must be a number from 0 to " + Integer.MAX_VALUE);
    }
    if (pointer.equals("/enabledEventTypes")) {
      RealmFields.texts(value).forEach(type -> demandEventType(pointer, type));
    } else if (pointer.equals("/defaultSignatureAlgorithm")
        && value.isTextual()
        && session
                .getKeycloakSessionFactory()
                .getProviderFactory(SignatureProvider.class, value.asText())
            == null) {
      throw refused(pointer + " must be an algorithm that Keycloak has");
    }
  }

  private static void demandEventType(String pointer, String type) {
    try {
      EventType.valueOf(type);
    } catch (IllegalArgumentException e) {
      throw refused(pointer + " must hold types of events only");
    }
  }

  static RuntimeException refused(String why) {
    return ErrorResponse.error("nothing has been changed; " + why, Status.BAD_REQUEST);
  }
}
