package io.github.fapipack.resourceserver.routes;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.Decision;
import io.github.fapipack.resourceserver.Demands;
import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.Granted;
import io.github.fapipack.resourceserver.Refused;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The checks and the rules together: what an adapter does with a request. */
public final class Gate {
  private static final Passage UNCHECKED = new Passage.Unchecked();
  private static final List<HttpField> OF_METADATA =
      List.of(
          new HttpField("Content-Type", "application/json"),
          new HttpField("Cache-Control", "max-age=3600"));

  private final FapiResourceServer api;
  private final DemandRules rules;

  public Gate(FapiResourceServer api, DemandRules rules) {
    this.api = api;
    this.rules = rules;
  }

  /** The checks. */
  public FapiResourceServer api() {
    return api;
  }

  /** The document that this API has of itself, if the request is for that. */
  public Optional<Answer> metadata(String method, String rawPath) {
    return method.equals("GET")
        ? api.metadata(rawPath)
            .map(json -> new Answer(200, OF_METADATA, json.getBytes(StandardCharsets.UTF_8)))
        : Optional.empty();
  }

  /**
   * Whether a request reaches the application. Never throws.
   *
   * @param rawPath the path as this server received it, on which the application will route;
   *     percent-encoded, without the query
   */
  public Passage decide(ApiRequest received, String rawPath) {
    Route route = rules.of(received.method(), rawPath);
    if (route instanceof Route.Guarded guarded) {
      return checked(received, guarded.demands());
    }
    if (route instanceof Route.Open) {
      return UNCHECKED;
    }
    return new Passage.Answered(api.refuse(received, refusal(route)));
  }

  /** An answer with the header fields that sign it, if responses are signed. */
  public Answer signed(ApiRequest received, Answer answer) {
    if (!api.signsResponses()) {
      return answer;
    }
    List<HttpField> fields = new ArrayList<>(answer.fields());
    fields.addAll(api.sign(received, answer.status(), answer.fields(), answer.content()));
    return new Answer(answer.status(), fields, answer.content());
  }

  private Passage checked(ApiRequest received, Demands demands) {
    Decision decision = api.check(received, demands);
    return decision instanceof Granted granted
        ? new Passage.Checked(granted)
        : new Passage.Answered((Refused) decision);
  }

  private static RefusedRequest refusal(Route route) {
    return route instanceof Route.Ambiguous ambiguous
        ? new RefusedRequest(Problem.INVALID_REQUEST, ambiguous.sentence(), "RFC3986 6.2.2")
        : new RefusedRequest(
            Problem.UNKNOWN_OPERATION,
            "this API has no such operation; check method and path",
            "RFC9110 15.5.5");
  }
}
