package io.github.fapipack.it.client;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ciba.CIBARequestAcknowledgement;
import io.github.fapipack.it.http.HttpExchange;

/**
 * What the server answers to a backchannel authentication request (CIBA 7.3).
 *
 * @param interval seconds between two polls
 * @param bindingMessage what the user sees on both devices
 * @param notificationToken the token that the ping must contain; null without pings
 */
public record Acknowledged(
    String authReqId,
    long expiresIn,
    long interval,
    String bindingMessage,
    String notificationToken,
    HttpExchange exchange) {

  /** The default if the response has no interval (CIBA 7.3). */
  private static final int STANDARD = CIBARequestAcknowledgement.DEFAULT_MIN_WAIT_INTERVAL;

  static Acknowledged of(HttpExchange exchange, String bindingMessage, String notificationToken) {
    try {
      CIBARequestAcknowledgement answer =
          CIBARequestAcknowledgement.parse(exchange.expectStatus(200).toSdk());
      return new Acknowledged(
          answer.getAuthRequestID().getValue(),
          answer.getExpiresIn(),
          answer.getMinWaitInterval() == null ? STANDARD : answer.getMinWaitInterval(),
          bindingMessage,
          notificationToken,
          exchange);
    } catch (ParseException e) {
      throw new AssertionError("invalid answer: " + e.getMessage() + "\n" + exchange, e);
    }
  }
}
