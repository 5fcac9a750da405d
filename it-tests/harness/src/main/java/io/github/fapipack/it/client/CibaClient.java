package io.github.fapipack.it.client;

import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import java.util.UUID;

/** What a client does in addition to {@link FapiClient} to have a user asked on another device. */
public final class CibaClient {
  /** The grant type. */
  public static final String GRANT = "urn:openid:params:grant-type:ciba";

  private final FapiClient client;
  private final String user;
  private final boolean ping;

  private CibaClient(FapiClient client, String user, boolean ping) {
    this.client = client;
    this.user = user;
    this.ping = ping;
  }

  /** A client that polls for its tokens. */
  public static CibaClient polling(FapiClient client, String user) {
    return new CibaClient(client, user, false);
  }

  /** A client that is pinged when it can get its tokens. */
  public static CibaClient pinged(FapiClient client, String user) {
    return new CibaClient(client, user, true);
  }

  /** The client that authenticates. */
  public FapiClient client() {
    return client;
  }

  /** A signed backchannel authentication request for {@code openid}. */
  public FapiRequest<Acknowledged> authenticate() {
    String message = "m-" + UUID.randomUUID().toString().substring(0, 8);
    String token = ping ? new BearerAccessToken(32).getValue() : null;
    FapiRequest<Acknowledged> request =
        client
            .post(
                "backchannel_authentication_endpoint",
                answer -> Acknowledged.of(answer, message, token))
            .with("scope", "openid")
            .with("login_hint", user)
            .with("binding_message", message)
            .requestObject(object -> object.without("client_id"));
    return ping ? request.with("client_notification_token", token) : request;
  }

  /** Asks for the tokens. */
  public FapiRequest<Tokens> token(Acknowledged acknowledged) {
    return token(acknowledged.authReqId());
  }

  /** Asks for the tokens of the given {@code auth_req_id}. */
  public FapiRequest<Tokens> token(String authReqId) {
    return client.grant(GRANT).with("auth_req_id", authReqId);
  }
}
