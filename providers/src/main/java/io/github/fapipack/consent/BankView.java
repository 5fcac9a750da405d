package io.github.fapipack.consent;

import io.github.fapipack.bridge.BankConsent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A consent that the bank holds, for a template, in the words of the bank's consent service. */
final class BankView {

  private static final int MAX_NAME = 100;

  /** A list with more entries scrolls by itself, so that the buttons are not far away. */
  private static final int LONG = 12;

  private final Wording wording;

  BankView(Wording wording) {
    this.wording = wording;
  }

  /**
   * Everything but the accounts.
   *
   * @return {@code purpose} if there is one, {@code permissions}, {@code facts}, {@code long} if
   *     the permissions are many, and {@code until} unless the consent does not end
   */
  Map<String, Object> of(BankConsent consent) {
    Map<String, Object> model = new HashMap<>();
    if (!consent.purpose().isEmpty()) {
      model.put("purpose", text(consent.purpose(), null));
    }
    model.put(
        "permissions",
        consent.permissions().stream().map(each -> text(each.name(), each.code())).toList());
    model.put("long", consent.permissions().size() > LONG);
    model.put(
        "facts",
        consent.facts().stream()
            .map(fact -> Map.of("name", text(fact.name(), null), "value", text(fact.value(), null)))
            .toList());
    if (consent.expiresAt() != null) {
      model.put("until", wording.day(consent.expiresAt()));
    }
    return model;
  }

  /** An account: {@code name}, {@code number} and {@code balance}, if they are known. */
  Map<String, Object> account(BankConsent.Account account) {
    Map<String, Object> model = new HashMap<>();
    if (account.name() != null && !account.name().isBlank()) {
      model.put("name", SafeText.of(account.name(), MAX_NAME));
    }
    if (account.number() != null && !account.number().isBlank()) {
      model.put("number", SafeText.of(Wording.account(account.number()), MAX_NAME));
    }
    BankConsent.Balance balance = account.balance();
    if (balance != null && balance.amount() != null && balance.currency() != null) {
      model.put("balance", wording.money(balance.amount(), balance.currency()));
    }
    return model;
  }

  /** Whether a list with that many entries scrolls by itself. */
  static boolean isLong(List<?> list) {
    return list.size() > LONG;
  }

  private Map<String, String> text(Map<String, String> texts, String code) {
    return BankText.model(texts, code, wording.locale());
  }
}
