package io.github.fapipack.samples.bank;

import io.github.fapipack.resourceserver.Demands;
import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.Granted;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.routes.Answer;
import io.github.fapipack.resourceserver.routes.DemandRules;
import io.github.fapipack.resourceserver.routes.Gate;
import io.github.fapipack.resourceserver.routes.Passage;
import java.util.Optional;

/** The API of one realm: what each operation demands, and what it does. */
final class RealmApi {
  private static final Reply NOT_FOUND = Reply.error(404, "not_found", "the caller has none such");

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
                .on("GET " + base + "/accounts", accounts.demands())
                .on("GET " + base + "/accounts/*", accounts.demands())
                .on("GET " + base + "/accounts/*/balances", accounts.demands())
                // What was approved is compared with the order instead of a scope.
                .on("POST " + base + "/payments", Demands.none())
                .on("GET " + base + "/payments/*", Demands.none()));
    this.accounts = accounts;
  }

  static RealmApi of(BankSettings settings, RealmSettings realm, ReplayStore used) {
    return new RealmApi(
        "/" + realm.name(),
        Checks.of(settings, realm, used),
        new Accounts(settings.accounts(), realm.accountsScope()));
  }

  /** The whole response to a request. */
  Reply answer(ApiRequest request, String path) {
    Optional<Answer> metadata = gate.metadata(request.method(), path);
    if (metadata.isPresent()) {
      return Reply.of(metadata.get());
    }
    Passage passage = gate.decide(request, path);
    if (passage instanceof Passage.Answered answered) {
      return signed(request, Reply.of(answered.answer()));
    }
    // No operation is open to everybody, so it was checked.
    Granted call = ((Passage.Checked) passage).granted();
    return signed(request, served(request, call, path.substring(base.length()).split("/", -1)));
  }

  private Reply served(ApiRequest request, Granted call, String[] path) {
    try {
      Reply reply = path[1].equals("payments") ? payment(call, path) : account(call, path);
      return reply.with(call.responseFields());
    } catch (RefusedRequest refusal) {
      return Reply.of(Answer.of(api.refuse(request, refusal)));
    }
  }

  private Reply account(Granted call, String[] path) throws RefusedRequest {
    accounts.requireScope(call);
    if (path.length == 2) {
      return Reply.json(200, accounts.list(call));
    }
    if (!accounts.has(path[2])) {
      return NOT_FOUND;
    }
    return Reply.json(
        200, path.length == 3 ? accounts.read(call, path[2]) : accounts.balances(call, path[2]));
  }

  private Reply payment(Granted call, String[] path) throws RefusedRequest {
    if (path.length == 3) {
      return payments.find(call, path[2]).map(told -> Reply.json(200, told)).orElse(NOT_FOUND);
    }
    PaymentOrder order = PaymentOrder.read(call.request());
    // Last of all: from here on the approval is used up.
    Optional<RefusedRequest> refusal =
        call.details().useOnce("payment_initiation", order.use()).refusal();
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    return Reply.json(201, payments.execute(call, order));
  }

  private Reply signed(ApiRequest request, Reply reply) {
    return api.signsResponses()
        ? reply.with(api.sign(request, reply.status(), reply.fields(), reply.content()))
        : reply;
  }
}
