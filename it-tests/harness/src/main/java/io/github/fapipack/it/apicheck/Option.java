package io.github.fapipack.it.apicheck;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The options of the command; with Maven, each is a property of the same name. */
enum Option {
  URL("ADDRESS", "the resource of the API to attack; nothing is sent to any other host of an API"),
  ISSUER("ADDRESS", "the authorization server; by default that of the client's file"),
  CLIENT_KEYS(
      "FILE", "a client.json as mvn -Pserve writes it, or a JWK set with private signature keys"),
  CLIENT_ID("ID", "the client, if its file does not name it"),
  AUTH("METHOD", "private_key_jwt (default), tls_client_auth or self_signed_tls_client_auth"),
  ALG("NAME", "ES256 (default), PS256 or EdDSA: of assertions, proofs and signatures"),
  BIND("HOW", "dpop (default) or mtls: how access tokens are bound"),
  CERTIFICATE("FILE", "the client's certificate, PEM"),
  KEY("FILE", "its private key, PEM"),
  GRANT("TYPE", "client_credentials (default), authorization_code or refresh_token"),
  SCOPE("SCOPES", "to ask for; default: openid with a user, else none"),
  AUDIENCE("ADDRESS", "resource parameter of token requests (RFC 8707)"),
  MESSAGE_SIGNING(
      "", "signs authorization requests and takes signed responses (FAPI 2.0 Message Signing)"),
  USERNAME("NAME", "logs in at the pages of the FAPI Pack; else you are shown an address to open"),
  PASSWORD("TEXT", "of that user; better in the environment as FAPI_CHECK_PASSWORD"),
  REDIRECT_URI("ADDRESS", "of the client; a loopback address is listened at"),
  REFRESH_TOKEN("FILE", "for --grant refresh_token"),
  METHOD("NAME", "of the honest request; default GET, with --body POST"),
  BODY("FILE", "of the honest request"),
  CONTENT_TYPE("TYPE", "of the body; default application/json"),
  DETAILS("FILE", "authorization_details to ask for, which the honest request needs"),
  WRONG_DETAILS("FILE", "others, which are not good for the honest request"),
  OTHER_ACCOUNT("ADDRESS", "same host: a resource of another account, which must be refused"),
  ONCE("", "what is approved may be used once: every honest request gets an approval of its own"),
  WRONG_SCOPE("SCOPES", "for a token that must not be enough"),
  OTHER_AUDIENCE("ADDRESS", "for a token of the same issuer that is meant for another API"),
  OTHER_CLIENT("FILE", "client.json of another client, whose token and certificate are tried"),
  SIGN("STYLE", "http, jws or detached: how the API wants messages signed"),
  SIGN_ISSUER("TEXT", "iss of signed bodies; default the client's id"),
  SIGN_AUDIENCE("TEXT", "aud of signed bodies; default the address"),
  TRUST("FILE", "authorities to trust for TLS, PEM; default those of Java"),
  PROXY_HEADER("NAME", "one more header to spoof a client certificate in"),
  RATE("NUMBER", "requests per second, at most 20; default 5"),
  TIMEOUT("SECONDS", "for one answer, at most 60; default 10"),
  IGNORE("ID,...", "attacks to leave out; they are reported as skipped"),
  ONLY("ID,...", "no attacks but these"),
  LENIENT("", "exit with 0 if attacks were refused, but with a wrong status or challenge"),
  JSON("FILE", "writes the results as JSON"),
  SARIF("FILE", "writes what is to be fixed as SARIF 2.1.0"),
  JUNIT("FILE", "writes the results as JUnit XML"),
  LIST("", "lists the attacks and exits"),
  HELP("", "shows this and exits"),
  VERSION("", "shows the version and exits"),
  /** For Maven. */
  FROM_PROPERTIES("", "takes options from Java's system properties");

  private final String value;
  private final String help;

  Option(String value, String help) {
    this.value = value;
    this.help = help;
  }

  /** Without hyphens in front. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it stands alone. */
  boolean isFlag() {
    return value.isEmpty();
  }

  String line() {
    return "  %-28s %s".formatted("--" + id() + (isFlag() ? "" : " " + value), help);
  }

  static Optional<Option> of(String id) {
    return Arrays.stream(values()).filter(option -> option.id().equals(id)).findFirst();
  }
}
