package io.github.fapipack.samples.bank;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.fapipack.resourceserver.Granted;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The latest payments; another client's, or another user's, is none of a caller's business. */
final class Payments {
  private static final int MOST = 10_000;

  private final Cache<String, Payment> latest = Caffeine.newBuilder().maximumSize(MOST).build();

  private record Payment(Owner owner, Map<String, Object> told) {}

  private record Owner(String clientId, Optional<String> subject) {
    static Owner of(Granted call) {
      return new Owner(call.clientId(), call.subject());
    }
  }

  /** Carries a payment out; returns what the bank tells of it. */
  Map<String, Object> execute(Granted call, PaymentOrder order) {
    Map<String, Object> told = order.told();
    String id = UUID.randomUUID().toString();
    told.put("paymentId", id);
    told.put("status", "executed");
    latest.put(id, new Payment(Owner.of(call), told));
    return told;
  }

  /** What the bank tells of a payment of the caller. */
  Optional<Map<String, Object>> find(Granted call, String id) {
    return Optional.ofNullable(latest.getIfPresent(id))
        .filter(payment -> payment.owner().equals(Owner.of(call)))
        .map(Payment::told);
  }
}
