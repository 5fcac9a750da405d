package io.github.fapipack.it.apicheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The options of the command, and what it says if they are wrong. */
class OptionsTest {
  @TempDir private static Path folder;

  private static String client() throws IOException {
    try (SmallIssuer issuer = new SmallIssuer()) {
      return "--client-keys=" + issuer.client(folder, "client");
    }
  }

  @Test
  void theHelpNamesEveryOption() {
    CheckCommand help = CheckCommand.run("--help");

    assertThat(help.status()).isZero();
    for (Option option : Option.values()) {
      assertThat(help.out()).contains("--" + option.id());
    }
  }

  @Test
  void theListNamesEveryAttackOnce() {
    CheckCommand list = CheckCommand.run("--list");

    assertThat(list.status()).isZero();
    assertThat(Catalogue.ids())
        .hasSizeGreaterThan(60)
        .hasSameSizeAs(new HashSet<>(Catalogue.ids()));
    assertThat(list.out().lines()).hasSameSizeAs(Catalogue.ids());
  }

  @Test
  void everyAttackSaysWhatItIsAndWhatToDo() {
    assertThat(Catalogue.ATTACKS)
        .allSatisfy(
            attack -> {
              assertThat(attack.id()).matches("[a-z0-9.-]+");
              assertThat(attack.title()).matches("[ -~]+");
              assertThat(attack.clause()).matches("(RFC\\d+|FAPI2-\\w+) [\\w.]+(-\\d+)?");
              assertThat(attack.fix()).matches("[ -~]+\\.");
            });
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(List.of("--nonsense"), "--nonsense is no option"),
        Arguments.of(List.of("url"), "url is no option"),
        Arguments.of(List.of("--url"), "--url needs a value"),
        Arguments.of(List.of("--lenient=yes"), "--lenient takes no value"),
        Arguments.of(List.of("--rate=1", "--rate=2"), "--rate is given twice"),
        Arguments.of(List.of(), "--url is missing"),
        Arguments.of(List.of("--url=nowhere"), "--url must be an https address"),
        Arguments.of(List.of("--url=http://api.example/"), "--url must be an https address"),
        Arguments.of(List.of("--url=https://me@api.example/"), "--url must be an https address"),
        Arguments.of(List.of("--url=https://api.example/a b"), "--url is no address"),
        Arguments.of(url("--rate=21"), "--rate must be between 1 and 20"),
        Arguments.of(url("--rate=fast"), "--rate is no number"),
        Arguments.of(url("--timeout=0"), "--timeout must be between 1 and 60"),
        Arguments.of(url("--bind=bearer"), "--bind is none of dpop, mtls"),
        Arguments.of(url("--bind=mtls"), "needs a certificate"),
        Arguments.of(url("--auth=client_secret_basic"), "--auth is none of"),
        Arguments.of(url("--grant=password"), "--grant is none of"),
        Arguments.of(url("--grant=refresh_token"), "--grant refresh_token needs --refresh-token"),
        Arguments.of(url("--sign=jws"), "need --body"),
        Arguments.of(url("--body=/nowhere"), "There is no file /nowhere"),
        Arguments.of(url("--method=get it"), "--method must be a method"),
        Arguments.of(url("--ignore=no-such"), "no-such is no attack"),
        Arguments.of(url("--other-account=https://elsewhere.example/"), "at the host of --url"),
        Arguments.of(url("--certificate=/nowhere"), "There is no file /nowhere"));
  }

  private static List<String> url(String more) {
    return List.of("--url=https://api.example/accounts", more);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsExplained(List<String> arguments, String words) throws IOException {
    CheckCommand command =
        CheckCommand.run(
            Stream.concat(Stream.of(client()), arguments.stream()).toArray(String[]::new));

    assertThat(command.status()).isEqualTo(2);
    assertThat(command.err()).startsWith("ERROR: ").contains(words);
    assertThat(command.out()).isEmpty();
  }

  @Test
  void aFileWithoutPrivateKeysIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("none.json"), "{\"keys\":[]}");

    CheckCommand command =
        CheckCommand.run(
            "--client-keys=" + file,
            "--client-id=x",
            "--issuer=https://as.example",
            "--url=https://api.example/");

    assertThat(command.status()).isEqualTo(2);
    assertThat(command.err()).contains("holds no private key");
  }

  @Test
  void mavenGivesOptionsAsProperties() {
    assertThat(CheckCommand.run(Map.of("version", "true"), "--from-properties").out())
        .startsWith("fapi-resource-check ");
    assertThat(CheckCommand.run(Map.of("url", "${url}"), "--from-properties").err())
        .contains("--client-keys is missing");
    assertThat(CheckCommand.run(Map.of("url", "x")).err()).contains("--client-keys is missing");
  }
}
