package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.admin.AdminFailure;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.stream.StreamSupport;

/** Performs a whole FAPI flow and some attacks against a running server: {@code mvn -Pflow}. */
public final class Flow {
  private final FlowOptions options;
  private final SampleClient sample;
  private FapiClient client;
  private final FlowReport report = FlowReport.toStandardOutput();

  private Flow(FlowOptions options) {
    this.options = options;
    this.sample = SampleClient.read(options.clientFile());
    this.client =
        sample
            .describe(options.issuer().orElseGet(sample::issuer))
            .auth(options.auth())
            .algorithm(options.algorithm(sample))
            .scope(ApiSteps.scope(options.scope(), sample))
            .build();
  }

  public static void main(String[] arguments) {
    int status = status();
    // On success the method returns, so that Maven ends normally.
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int status() {
    try {
      return new Flow(FlowOptions.fromSystemProperties()).run();
    } catch (FlowFailure failure) {
      System.err.println("ERROR: " + failure.getMessage());
      return 1;
    }
  }

  private int run() {
    requireServer();
    client = bound();
    if (sample.device().isPresent()) {
      return runCiba();
    }
    client = signing();
    if (options.onboarding()) {
      return runOnboarding();
    }
    if (sample.ecosystem().isPresent()) {
      return runEcosystem();
    }
    if (options.payment()) {
      report.title(
          "A payment with %s, %s-bound tokens and %s"
              .formatted(options.auth(), client.constraint(), options.algorithm(sample)));
      report.line("server " + client.issuer());
      report.line("client " + client.clientId());
      succeeds(() -> new PaymentSteps(client, sample, report).run());
      return end("Grant Management");
    }
    boolean fapi1 = speaksFapi1();
    String name = fapi1 ? "FAPI 1.0" : "FAPI 2.0";
    report.title(
        "A %s flow with %s, %s-bound tokens, %s and %s"
            .formatted(
                name,
                options.auth(),
                client.constraint(),
                options.algorithm(sample),
                options.openId() ? "OpenID Connect" : "plain OAuth"));
    report.line("server " + client.issuer());
    report.line("client " + client.clientId());
    if (client.signsRequests() && !fapi1) {
      report.line("with message signing: requests, responses, introspection and HTTP messages");
    }
    if (succeeds(() -> steps(fapi1))) {
      report.title("Attacks");
      succeeds(() -> attacks(fapi1));
    }
    return end(name);
  }

  /** Tokens are bound to certificates unless the user says otherwise: these are what changes. */
  private int runOnboarding() {
    ServedScheme at = ServedScheme.read(FlowOptions.servedFile(), FlowOptions.templateFile());
    SenderConstraint constraint = options.bind().orElse(SenderConstraint.MTLS);
    report.title(
        "A third party joins a scheme, with %s, %s-bound tokens and %s"
            .formatted(options.auth(), constraint, options.algorithm(sample)));
    report.line("directory " + at.directory());
    report.line("bank " + at.bank());
    succeeds(
        () ->
            new OnboardingSteps(at, options.auth(), options.algorithm(sample), constraint, report)
                .run());
    return end("the scheme");
  }

  private int runEcosystem() {
    EcosystemSteps steps = EcosystemSteps.of(client, sample, report);
    report.title(
        "%s: a consent of the bank, with %s, %s-bound tokens and %s"
            .formatted(
                steps.name(), options.auth(), client.constraint(), options.algorithm(sample)));
    report.line("server " + client.issuer());
    report.line("client " + client.clientId());
    if (succeeds(steps::run)) {
      report.title("Attacks");
      succeeds(steps::attack);
    }
    return end(steps.name());
  }

  private int runCiba() {
    report.title(
        "FAPI CIBA with %s, %s-bound tokens and %s"
            .formatted(options.auth(), client.constraint(), options.algorithm(sample)));
    report.line("server " + client.issuer());
    requireAlgorithm();
    CibaSteps steps = new CibaSteps(client, sample, report);
    if (succeeds(steps::run)) {
      report.title("Attacks");
      succeeds(() -> new CibaAttacks(client, sample, report).run());
    }
    return end("FAPI CIBA");
  }

  /** FAPI-CIBA 5.10 allows fewer algorithms than FAPI 2.0. */
  private void requireAlgorithm() {
    JsonNode allowed =
        client
            .discovery()
            .exchange()
            .json()
            .path("backchannel_authentication_request_signing_alg_values_supported");
    if (StreamSupport.stream(allowed.spliterator(), false)
        .noneMatch(algorithm -> algorithm.asText().equals(options.algorithm(sample)))) {
      throw new FlowFailure("-Dalg=" + options.algorithm(sample) + " is none of " + allowed + ".");
    }
  }

  private int end(String profile) {
    report.title(
        report.failures() == 0
            ? "Everything as " + profile + " wants it."
            : report.failures() + " FAILED; look for FAIL and NOT REFUSED above.");
    return report.failures() == 0 ? 0 : 1;
  }

  private void steps(boolean fapi1) {
    if (fapi1) {
      new Fapi1Steps(client, sample, options.openId(), report).run();
    } else {
      new FlowSteps(client, sample, options.openId(), report).run();
    }
  }

  private void attacks(boolean fapi1) {
    if (fapi1) {
      new Fapi1Attacks(client, sample, options.openId(), report).run();
    } else {
      new FlowAttacks(client, sample, options.openId(), report).run();
    }
  }

  /** Whether the server requires an ID token besides the code, or a signed response. */
  private boolean speaksFapi1() {
    JsonNode types = client.discovery().exchange().json().path("response_types_supported");
    return client.signsRequests()
        && StreamSupport.stream(types.spliterator(), false)
            .anyMatch(type -> type.asText().equals("code id_token"));
  }

  /** The client with the means to bind its tokens. */
  private FapiClient bound() {
    boolean dpop = client.discovery().exchange().json().has("dpop_signing_alg_values_supported");
    SenderConstraint bind =
        options.bind().orElse(dpop ? SenderConstraint.DPOP : SenderConstraint.MTLS);
    if (bind == SenderConstraint.DPOP && !dpop) {
      throw new FlowFailure("-Dbind=dpop: the server says nothing of DPoP; try -Dbind=mtls.");
    }
    if ((bind == SenderConstraint.MTLS || options.auth().needsCertificate())
        && sample.certificate().isEmpty()) {
      throw new FlowFailure(options.clientFile() + " lacks \"certificate\".");
    }
    return client.but().constraint(bind).build();
  }

  private void requireServer() {
    try {
      client.discover();
    } catch (UncheckedIOException e) {
      String line =
          e.getCause() instanceof ConnectException
              ? "No server answers at " + client.issuer() + "; start one with: mvn -Pserve"
              : "Cannot reach " + client.issuer() + ": " + e.getCause().getMessage();
      throw new FlowFailure(line);
    } catch (AssertionError e) {
      throw new FlowFailure(
          "No usable metadata at "
              + client.issuer()
              + ", "
              + e.getMessage().lines().findFirst().orElse(""));
    }
  }

  /**
   * The client, which signs what the server requires and asks for what the server can sign
   * (FAPI2-MS).
   */
  private FapiClient signing() {
    JsonNode metadata = client.discovery().exchange().json();
    List<String> modes =
        StreamSupport.stream(metadata.path("response_modes_supported").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    return client
        .but()
        .signsRequests(metadata.path("require_signed_request_object").asBoolean())
        .responseMode(modes.contains("jwt") && !modes.contains("query") ? "jwt" : null)
        .signedIntrospection(metadata.has("introspection_signing_alg_values_supported"))
        .signsResources(signsWhatUserinfoAnswers())
        .build();
  }

  /** No metadata describe HTTP signatures; a server that requires them signs its own responses. */
  private boolean signsWhatUserinfoAnswers() {
    URI userinfo = client.discovery().endpoint("userinfo_endpoint", false);
    return client.get(userinfo, answer -> answer).send().header("Signature-Input") != null;
  }

  private boolean succeeds(Runnable part) {
    try {
      part.run();
      return true;
    } catch (AssertionError | AdminFailure | UncheckedIOException e) {
      report.failed(String.valueOf(e.getMessage()));
      return false;
    }
  }
}
