package io.github.fapipack.it.apicheck;

import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.client.AuthorizationVisit;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Tokens;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Gets tokens from the issuer.
 *
 * @param refreshToken for that grant; otherwise null
 * @param usernameOrNull who logs in at the pack's own pages; null for a person at a browser
 * @param person shows the person an address and gives the one that the browser was sent to
 */
record TokenSource(
    Grant grant,
    String refreshToken,
    String usernameOrNull,
    String password,
    Function<URI, FrontChannelAnswer> person) {

  /** How tokens are got. */
  enum Grant {
    CLIENT_CREDENTIALS,
    AUTHORIZATION_CODE,
    REFRESH_TOKEN
  }

  /** New tokens for a client; fails with what the issuer says. */
  Holding obtain(FapiClient client, Ask ask) {
    Tokens tokens =
        told(
            () ->
                switch (grant) {
                  case CLIENT_CREDENTIALS -> asking(client.clientCredentials(), ask).expect();
                  case AUTHORIZATION_CODE -> byCode(client, ask);
                  case REFRESH_TOKEN ->
                      asking(client.grant("refresh_token").with("refresh_token", refreshToken), ask)
                          .expect();
                });
    return new Holding(client, tokens, Instant.now());
  }

  private static FapiRequest<Tokens> asking(FapiRequest<Tokens> request, Ask ask) {
    return request
        .with("scope", ask.scope())
        .with("resource", ask.audience())
        .with("authorization_details", ask.details());
  }

  private Tokens byCode(FapiClient client, Ask ask) {
    FapiClient asking = client.but().scope(ask.scope()).build();
    AuthorizationVisit visit =
        asking.visit(
            asking
                .par()
                .with("resource", ask.audience())
                .with("authorization_details", ask.details())
                .with("grant_management_action", ask.details() == null ? null : grant(asking))
                .expect());
    FrontChannelAnswer answer =
        usernameOrNull == null
            ? person.apply(visit.address())
            : visit.as(usernameOrNull, password).open();
    return asking.token(visit.expectCode(answer)).with("resource", ask.audience()).expect();
  }

  /** Each approval gets a grant, if the issuer manages grants: then its tokens tell which it is. */
  private static String grant(FapiClient client) {
    String offered =
        client.discovery().exchange().json().path("grant_management_actions_supported").toString();
    return offered.contains("\"create\"") ? "create" : null;
  }

  /** The harness's client is made for tests and fails as tests do. */
  static <T> T told(Supplier<T> request) {
    try {
      return request.get();
    } catch (AssertionError e) {
      String lines =
          e.getMessage()
              .lines()
              .limit(8)
              .map(line -> "   " + Words.plain(line, 200))
              .reduce("", (all, line) -> all + "\n" + line);
      throw new CheckFailure("The issuer does not give what is asked for:" + lines, e);
    } catch (UncheckedIOException e) {
      throw new CheckFailure(
          "The issuer cannot be reached: "
              + Words.plain(String.valueOf(e.getMessage()), 200)
              + ". Check --issuer and --trust.",
          e);
    }
  }
}
