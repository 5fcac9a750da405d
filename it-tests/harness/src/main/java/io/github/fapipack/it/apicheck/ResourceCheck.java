package io.github.fapipack.it.apicheck;

import io.github.fapipack.it.client.Discovery;
import io.github.fapipack.it.client.FapiClient;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Attacks an API as its callers could: {@code java -jar fapi-resource-check.jar}, or {@code mvn
 * -Papi-check}.
 */
public final class ResourceCheck {
  /** The API holds. */
  public static final int HOLDS = 0;

  /** Something passed through, or was answered wrongly. */
  public static final int FAILS = 1;

  /** The options are wrong. */
  public static final int BAD_OPTIONS = 2;

  /** The check could not be made: no token, or the honest request does not pass. */
  public static final int NOT_CHECKED = 3;

  private final PrintStream out;
  private final PrintStream err;

  private ResourceCheck(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command and ends the JVM unless the API holds. */
  public static void main(String[] arguments) {
    int status = run(Arrays.asList(arguments), System::getProperty, System.out, System.err);
    // On success the method returns, so that Maven ends normally.
    if (status != HOLDS) {
      System.exit(status);
    }
  }

  /**
   * Runs the command.
   *
   * @param property looks up options that Maven was given
   * @return the exit status
   */
  public static int run(
      List<String> arguments, Function<String, String> property, PrintStream out, PrintStream err) {
    return new ResourceCheck(out, err).run(arguments, property);
  }

  private int run(List<String> arguments, Function<String, String> property) {
    CheckSettings settings;
    try {
      Given given = Given.parse(arguments, property);
      if (given.has(Option.HELP) || given.has(Option.VERSION) || given.has(Option.LIST)) {
        tell(given);
        return HOLDS;
      }
      settings = CheckSettings.of(given, Catalogue.ids());
      settings.wire();
      settings.rate();
    } catch (CheckFailure failure) {
      err.println("ERROR: " + failure.getMessage());
      return BAD_OPTIONS;
    }
    try {
      return check(settings);
    } catch (CheckFailure failure) {
      err.println("ERROR: " + failure.getMessage());
      return NOT_CHECKED;
    }
  }

  private void tell(Given given) {
    if (given.has(Option.HELP)) {
      out.println("Attacks your own API with requests that it must refuse.");
      out.println();
      out.println("java -jar fapi-resource-check.jar --client-keys FILE --url ADDRESS [options]");
      out.println();
      Arrays.stream(Option.values()).map(Option::line).forEach(out::println);
      out.println();
      out.println("Exit status: 0 the API holds, 1 it does not, 2 bad options, 3 not checked.");
    } else if (given.has(Option.VERSION)) {
      out.println(Report.NAME + " " + Report.version(ResourceCheck.class));
    } else {
      Catalogue.ATTACKS.forEach(
          attack -> out.printf("%-28s %s  [%s]%n", attack.id(), attack.title(), attack.clause()));
    }
  }

  private int check(CheckSettings settings) {
    ConsoleReport console = new ConsoleReport(out);
    announce(settings, console);
    CheckRun run = new CheckRun(settings, console::show);
    Instant begun = Instant.now();
    Answer honest = run.begin();
    console.line("The honest request passes: " + honest.seen());
    List<Result> results = run.play(Catalogue.ATTACKS);
    Report report = report(settings, begun, run.sent(), results);
    console.finish(report);
    write(settings.given(), Option.JSON, () -> JsonReport.of(report));
    write(settings.given(), Option.SARIF, () -> SarifReport.of(report));
    write(settings.given(), Option.JUNIT, () -> JunitReport.of(report));
    return report.passed() ? HOLDS : FAILS;
  }

  private static Report report(
      CheckSettings settings, Instant begun, int sent, List<Result> results) {
    String address = settings.target().address().toString().replaceFirst("\\?.*$", "");
    return new Report(
        Report.version(ResourceCheck.class),
        begun,
        settings.target().method(),
        address,
        settings.client().issuer(),
        settings.client().constraint().toString(),
        settings.lenient(),
        sent,
        results);
  }

  /** Names every host before anything is sent to it. */
  private static void announce(CheckSettings settings, ConsoleReport console) {
    FapiClient client = settings.client();
    console.line("Metadata and keys come from " + client.issuer());
    Discovery discovery = TokenSource.told(client::discover);
    Set<String> hosts = new LinkedHashSet<>();
    for (String endpoint :
        List.of(
            "token_endpoint",
            "pushed_authorization_request_endpoint",
            "authorization_endpoint",
            "revocation_endpoint",
            "jwks_uri")) {
      if (discovery.exchange().json().has(endpoint)) {
        hosts.add(authority(discovery.endpoint(endpoint, client.usesCertificate())));
      }
    }
    console.line("Tokens come from " + String.join(", ", hosts));
    console.line(
        "Attacks go to "
            + authority(settings.target().address())
            + " and nowhere else, at most "
            + settings.rate()
            + " a second");
  }

  private static String authority(URI address) {
    return Words.plain(address.getScheme() + "://" + address.getRawAuthority(), 200);
  }

  private static void write(Given given, Option option, Supplier<String> content) {
    given
        .text(option)
        .map(Path::of)
        .ifPresent(
            file -> {
              try {
                Files.writeString(file, content.get());
              } catch (IOException e) {
                throw new CheckFailure(file + " cannot be written: " + e.getMessage(), e);
              }
            });
  }
}
