package io.github.fapipack.samples.bank;

import io.github.fapipack.resourceserver.Demands;
import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.Granted;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.routes.Answer;
import io.github.fapipack.resourceserver.routes.DemandRules;
import io.github.fapipack.resourceserver.routes.Gate;
import io.github.fapipack.resourceserver.routes.Passage;
import java.util.Map;
import java.util.Optional;

/** The API of one realm: what each operation demands, and what it does. */
final class RealmApi {
  private static final Reply NOT_FOUND = Reply.error(404, "not_found", "the caller has no such");

  private final String base;
  private final FapiResourceServer api;
  private final Gate gate;
  private final Accounts accounts;
  private final Payments payments = new Payments();

  private RealmApi(String base, FapiResourceServer api, Accounts accounts) {
    this.base = base;
    this.api = api;
    this.gate =
        new Gate(
            api,
            DemandRules.none()
                .on("GET " + base + "/accounts", Demands.scopes("accounts"))
                .on("GET " + base + "/accounts/*", Demands.scopes("accounts"))
                .on("GET " + base + "/accounts/*/balances", Demands.scopes("accounts"))
                .on("GET " + base + "/payments/*", Demands.none()));
    this.accounts = accounts;
  }

  static RealmApi of(BankSettings settings, RealmSettings realm) {
    String base = "/" + realm.name();
    return new RealmApi(base, Checks.of(settings, realm), new Accounts(settings.accounts()));
  }

  /** The whole response to a request. */
  Reply answer(ApiRequest request, String path) {
    Passage passage = gate.decide(request, path);
    if (passage instanceof Passage.Answered answered) {
      Answer answer = answered.answer();
      return signed(request, new Reply(answer.status(), answer.fields(), answer.content()));
    }
    if (passage instanceof Passage.Checked checked) {
      Granted call = checked.granted();
      Reply reply = served(call, path.substring(base.length()).split("/", -1));
      return signed(request, reply.with(call.responseFields()));
    }
    throw new IllegalStateException("no operation of this API is open to everybody");
  }

  private Reply served(Granted call, String[] path) {
    if (path[1].equals("payments")) {
      return found(payments.find(call, path[2]));
    }
    if (path.length == 2) {
      return Reply.json(200, Map.of("accounts", accounts.all()));
    }
    return found(path.length == 3 ? accounts.account(path[2]) : accounts.balances(path[2]));
  }

  private static Reply found(Optional<Map<String, Object>> what) {
    return what.map(json -> Reply.json(200, json)).orElse(NOT_FOUND);
  }

  private Reply signed(ApiRequest request, Reply reply) {
    return api.signsResponses()
        ? reply.with(api.sign(request, reply.status(), reply.fields(), reply.content()))
        : reply;
  }
}
