package io.github.fapipack.samples.springboot;

import io.github.fapipack.resourceserver.Decision;
import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.Granted;
import io.github.fapipack.resourceserver.Refused;
import io.github.fapipack.resourceserver.details.Use;
import io.github.fapipack.resourceserver.servlet.FapiFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A payment that a user has approved, once. */
@RestController
class PaymentsController {
  private final FapiResourceServer api;

  PaymentsController(FapiResourceServer api) {
    this.api = api;
  }

  @PostMapping("/payments")
  Map<String, String> pay(
      @RequestBody Map<String, Object> payment,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Granted call = FapiFilter.granted(request);
    Decision decision =
        api.decide(call, call.details().useOnce("payment_initiation", Use.of(payment)));
    if (decision instanceof Refused refused) {
      FapiFilter.send(refused, response);
      return null;
    }
    response.setStatus(HttpServletResponse.SC_CREATED);
    return Map.of("paymentId", UUID.randomUUID().toString(), "status", "executed");
  }
}
