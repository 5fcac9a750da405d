package io.github.fapipack.samples.bank;

import io.github.fapipack.resourceserver.Granted;
import io.github.fapipack.resourceserver.details.Coverage;
import io.github.fapipack.resourceserver.details.Use;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The accounts of the one customer that this bank has, whoever logs in. */
final class Accounts {
  private static final String TYPE = "account_information";

  private final List<String> ibans;

  Accounts(List<String> ibans) {
    this.ibans = List.copyOf(ibans);
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
