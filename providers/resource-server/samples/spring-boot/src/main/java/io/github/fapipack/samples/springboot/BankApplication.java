package io.github.fapipack.samples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** The application, which has no users of its own. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class BankApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(BankApplication.class, arguments);
  }
}
