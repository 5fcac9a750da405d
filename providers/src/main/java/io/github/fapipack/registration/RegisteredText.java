package io.github.fapipack.registration;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.consent.SafeText;
import io.github.fapipack.rule.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * The names under which a registered client appears to users, administrators and resource servers:
 * they must not be names of this server or mislead their readers.
 */
final class RegisteredText {

  /** Keycloak's pages and consoles replace such a name by their own message. */
  private static final Pattern MESSAGE_KEY = Pattern.compile("[$#]\\s*\\{");

  /** RFC 6749 A.1 also allows blanks, which could be misread in HTTP headers and logs. */
  private static final Pattern CLIENT_ID = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private static final List<String> LINKS =
      List.of(ClientModel.LOGO_URI, ClientModel.POLICY_URI, ClientModel.TOS_URI);

  /** Keycloak's own client_ids, reduced to the letters by which names are compared. */
  private static final Set<String> RESERVED =
      Set.of(
          "account",
          "accountconsole",
          "adminconsole",
          "admincli",
          "adminpermissions",
          "broker",
          "masterrealm",
          "realmmanagement",
          "securityadminconsole");

  private RegisteredText() {}

  static void check(ClientRepresentation proposed, ClientModel stored, boolean openIdConnect)
      throws Refusal {
    check("name", proposed.getName(), stored == null ? null : stored.getName(), openIdConnect);
    check(
        "baseUrl",
        proposed.getBaseUrl(),
        stored == null ? null : stored.getBaseUrl(),
        openIdConnect);
    if (proposed.getAttributes() != null) {
      for (String link : LINKS) {
        String before = stored == null ? null : stored.getAttribute(link);
        check(link, proposed.getAttributes().get(link), before, openIdConnect);
      }
    }
    String clientId = proposed.getClientId();
    if (stored == null && clientId != null) {
      checkClientId(clientId);
    }
  }

  private static void check(String member, String text, String before, boolean openIdConnect)
      throws Refusal {
    if (text != null && !text.equals(before) && !isPlain(text)) {
      throw ProposedClient.refusal(
          ListedMembers.name(member, openIdConnect)
              + " is shown to users: send it without control characters, marks of direction and"
              + " ${...}");
    }
  }

  /** Whether a text contains no misleading characters and is not a message key. */
  static boolean isPlain(String text) {
    return SafeText.of(text).equals(text) && !MESSAGE_KEY.matcher(text).find();
  }

  private static void checkClientId(String clientId) throws Refusal {
    if (!CLIENT_ID.matcher(clientId).matches() || MESSAGE_KEY.matcher(clientId).find()) {
      throw ProposedClient.refusal(
          "clientId must be printable ASCII without blanks; or leave it out");
    }
    String letters = clientId.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    if (RESERVED.contains(letters)
        || clientId.toLowerCase(Locale.ROOT).endsWith("-realm")
        || Objects.equals(clientId, Constants.ADMIN_PERMISSIONS_CLIENT_ID)) {
      throw ProposedClient.refusal(
          "clientId is kept for a client of the server's own; send another one, or leave it out");
    }
  }
}
