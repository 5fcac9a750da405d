package io.github.fapipack.keycloak;

import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointChecker;
import org.keycloak.protocol.oidc.endpoints.TokenEndpoint;
import org.keycloak.protocol.oidc.utils.PkceUtils;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.util.DPoPUtil;

/**
 * Words in Keycloak's errors by which the pack tells what has gone wrong, where Keycloak gives no
 * code of its own. Should Keycloak change one, an error keeps Keycloak's code and words instead of
 * those of the specifications.
 */
public enum KeycloakText {

  /** A request object, or a whole request, that it takes no further; it says nothing else. */
  MALFORMED_REQUEST(Messages.class, "invalidRequestMessage"),

  /** What a scope follows that it does not take. */
  UNKNOWN_SCOPE(AuthorizationEndpointChecker.class, "Invalid scopes: "),

  /** A {@code code_verifier} of the wrong length, or with other characters. */
  MALFORMED_VERIFIER(PkceUtils.class, "Invalid code verifier"),

  /** What stands before the name of a parameter that is too long. */
  LONG_PARAMETER(TokenEndpoint.class, "The size of OIDC parameter '"),

  /** What stands behind it. */
  LONG_PARAMETER_END(TokenEndpoint.class, "' is longer than allowed."),

  /** A DPoP proof of another key than the one that {@code dpop_jkt} or the grant names. */
  OTHER_PROOF_KEY(DPoPUtil.class, "DPoP Proof public key thumbprint does not match"),

  /** A DPoP proof whose algorithm nobody provides. */
  UNKNOWN_PROOF_ALGORITHM(DPoPUtil.class, "No signature provider factory"),

  /** What the text of an exception follows. */
  FAILED_ASSERTION(JWTClientAuthenticator.class, "Client authentication with");

  private final Class<?> source;
  private final String text;

  KeycloakText(Class<?> source, String text) {
    this.source = source;
    this.text = text;
  }

  /** The class of Keycloak that says it. */
  public Class<?> source() {
    return source;
  }

  public String text() {
    return text;
  }

  /** Whether a sentence is no more and no less. */
  public boolean is(String sentence) {
    return text.equals(sentence);
  }

  public boolean begins(String sentence) {
    return sentence.startsWith(text);
  }

  public boolean ends(String sentence) {
    return sentence.endsWith(text);
  }
}
