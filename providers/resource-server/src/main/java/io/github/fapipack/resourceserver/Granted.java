package io.github.fapipack.resourceserver;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.details.GrantedDetails;
import io.github.fapipack.resourceserver.message.SignedBody;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.token.AccessToken;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The request is from who the token says.
 *
 * @param request the request as the caller has sent it
 * @param details what the user has approved
 * @param signedBody the body, if the client has signed it with a JWS
 */
public record Granted(
    ApiRequest request,
    AccessToken token,
    GrantedDetails details,
    Optional<SignedBody> signedBody,
    List<HttpField> responseFields)
    implements Decision {

  public Granted {
    responseFields = List.copyOf(responseFields);
  }

  public String clientId() {
    return token.clientId();
  }

  public Optional<String> subject() {
    return token.subject();
  }

  public Set<String> scopes() {
    return token.scopes();
  }

  public Optional<String> grantId() {
    return token.grantId();
  }
}
