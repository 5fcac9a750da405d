package io.github.fapipack.samples.springboot;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The accounts of the user. */
@RestController
class AccountsController {

  @GetMapping("/accounts")
  @PreAuthorize("hasAuthority('SCOPE_accounts')")
  Map<String, Object> accounts(Principal user) {
    return Map.of(
        "owner",
        user.getName(),
        "accounts",
        List.of(Map.of("iban", "DE75512108001245126199", "currency", "EUR")));
  }

  @GetMapping("/accounts/admin")
  @PreAuthorize("hasAuthority('SCOPE_admin')")
  String administration() {
    return "for who has the scope admin, whatever the filter demands";
  }
}
