package io.github.fapipack.samples.bank;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The accounts of the one customer that this bank has, whoever logs in. */
final class Accounts {
  private final List<String> ibans;

  Accounts(List<String> ibans) {
    this.ibans = List.copyOf(ibans);
  }

  List<String> all() {
    return ibans;
  }

  boolean has(String iban) {
    return ibans.contains(iban);
  }

  /** What the bank tells of an account. */
  Optional<Map<String, Object>> account(String iban) {
    return has(iban)
        ? Optional.of(Map.of("accountId", iban, "iban", iban, "currency", "EUR"))
        : Optional.empty();
  }

  /** What is on it. */
  Optional<Map<String, Object>> balances(String iban) {
    return has(iban)
        ? Optional.of(
            Map.of(
                "accountId",
                iban,
                "balances",
                List.of(Map.of("amount", "1500.00", "currency", "EUR"))))
        : Optional.empty();
  }
}
