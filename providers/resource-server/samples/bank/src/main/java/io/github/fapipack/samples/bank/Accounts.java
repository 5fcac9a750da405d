package io.github.fapipack.samples.bank;

import io.github.fapipack.resourceserver.Demands;
import io.github.fapipack.resourceserver.Granted;
import io.github.fapipack.resourceserver.details.Coverage;
import io.github.fapipack.resourceserver.details.Use;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The accounts of the one customer that this bank has, whoever logs in. A real bank looks them up
 * by {@link Granted#subject()}, and gives a token without a user none.
 */
final class Accounts {
  private static final String TYPE = "account_information";

  private final List<String> ibans;
  private final String scope;

  Accounts(List<String> ibans, String scope) {
    this.ibans = List.copyOf(ibans);
    this.scope = scope;
  }

  /** What a token for accounts must have, as far as it is the same for all of them. */
  Demands demands() {
    return namesConsent() ? Demands.none() : Demands.scopes(scope);
  }

  private boolean namesConsent() {
    return scope.endsWith(":");
  }

  /** A scope that names a consent differs from token to token. */
  void requireScope(Granted call) throws RefusedRequest {
    if (namesConsent() && call.scopes().stream().noneMatch(one -> one.startsWith(scope))) {
      throw new RefusedRequest(
          Problem.INSUFFICIENT_SCOPE,
          "the token is for no consent about accounts; ask the user for one",
          "RFC6750 3.1-5.3");
    }
  }

  boolean has(String iban) {
    return ibans.contains(iban);
  }

  /** Those that the user has shared. */
  Map<String, Object> list(Granted call) {
    List<Map<String, Object>> shared = new ArrayList<>();
    for (String iban : ibans) {
      if (coverage(call, "list_accounts", iban) instanceof Coverage.Covered) {
        shared.add(account(iban));
      }
    }
    return Map.of("accounts", shared);
  }

  /** One of them. */
  Map<String, Object> read(Granted call, String iban) throws RefusedRequest {
    require(coverage(call, "list_accounts", iban));
    return account(iban);
  }

  /** What is on it. */
  Map<String, Object> balances(Granted call, String iban) throws RefusedRequest {
    require(coverage(call, "read_balances", iban));
    return Map.of(
        "accountId", iban, "balances", List.of(Map.of("amount", "1500.00", "currency", "EUR")));
  }

  private static Map<String, Object> account(String iban) {
    return Map.of("accountId", iban, "iban", iban, "currency", "EUR");
  }

  /** A token without details of this type is for all accounts: its scope alone says so. */
  private static Coverage coverage(Granted call, String action, String iban) {
    boolean detailed =
        call.details().all().stream().anyMatch(detail -> TYPE.equals(detail.get("type")));
    return detailed
        ? call.details().covers(TYPE, Use.none().actions(action).member("/accounts", iban))
        : new Coverage.Covered();
  }

  private static void require(Coverage coverage) throws RefusedRequest {
    if (coverage.refusal().isPresent()) {
      throw coverage.refusal().get();
    }
  }
}
