package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.AuthorizationDetails;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox in which a type's template runs. */
class FragmentTest {
  private static final Wording ENGLISH = wording(Locale.UK);

  private static Wording wording(Locale locale) {
    Properties messages = new Properties();
    messages.setProperty("amount", "Amount");
    messages.setProperty("to", "to {0}");
    messages.setProperty("secret", "words of ours");
    return new Wording(messages, locale);
  }

  private static ObjectNode detail(String json) {
    return AuthorizationDetails.parse("[" + json + "]").get(0);
  }

  private static String show(String template, String json) {
    return Fragment.parse(template).show(detail(json), ENGLISH);
  }

  @Test
  void showsTextsAmountsAndLists() {
    assertThat(
            show(
                "<dl><dt>${text['amount']}</dt><dd class=\"fapi-amount\">"
                    + "${money(detail.sum.amount, detail.sum.currency)}</dd></dl>"
                    + "<#list detail.actions as action>${action}<#sep>, </#list>"
                    + "<#if detail.name??>${text('to', detail.name)}<#else>nobody</#if>",
                "{\"sum\":{\"amount\":\"1234.5\",\"currency\":\"EUR\"},\"actions\":[\"a\",\"b\"],"
                    + "\"name\":\"Bob\"}"))
        .isEqualTo(
            "<dl><dt>Amount</dt><dd class=\"fapi-amount\">€1,234.50</dd></dl>a, b"
                + "to \u2068Bob\u2069");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</dd></dl><h1>Approved</h1>",
        "\"><svg onload=alert(1)>",
        "${secret}",
        "${text['secret']}",
        "<#assign x=1>",
        "&lt;b&gt;"
      })
  void takesWhatAClientSendsForText(String value) {
    ObjectNode detail = detail("{}").put("name", value);

    String shown = Fragment.parse("<p>${detail.name}</p>").show(detail, ENGLISH);
    String inSentence = Fragment.parse("<p>${text('to', detail.name)}</p>").show(detail, ENGLISH);

    for (String html : new String[] {shown, inSentence}) {
      assertThat(html.replaceAll("^<p>|</p>$", "")).doesNotContain("<", ">", "words of ours");
    }
  }

  @Test
  void cleansTheMarkupOfTheTemplateItself() {
    assertThat(
            show(
                "<p onclick=\"x()\" style=\"position:fixed\" class=\"evil\"><a href=\"https://x\">a"
                    + "</a><script>b</script><form action=\"/x\"><input name=\"accept\"></form>"
                    + "<span class=\"fapi-quoted\">c</span></p>",
                "{}"))
        .isEqualTo("<p>a</p><span class=\"fapi-quoted\">c</span>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${\"freemarker.template.utility.Execute\"?new()(\"id\")}",
        "${detail? new ()}",
        "<#list [1, 2] as a><#list [1, 2] as b></#list></#list>",
        "<#list detail.many + [1] as a></#list>",
        "<#list {\"a\": 1} as key, value></#list>",
        "${detail?\n api}",
        "<#assign x = 1>",
        "<#macro m></#macro><@m/>",
        "<#include \"/etc/passwd\">",
        "<#import \"template.ftl\" as t>",
        "<#function f(x)><#return x></#function>",
        "${detail.name?interpret}",
        "${detail.name?eval}",
        "${detail.name?no_esc}",
        "<#noautoesc>${detail.name}</#noautoesc>",
        "<#outputformat \"plainText\">${detail.name}</#outputformat>",
        "<#ftl output_format=\"plainText\">",
        "[#ftl][#assign x=1]",
        "<#list 1..1000000000 as x>x</#list>",
        "<#list 1..<1000000000 as x>x</#list>",
        "${\"\\x24{detail?new}\"}",
        "${detail?<#-- -->new}",
        "${detail?<!-- -->new}",
        "#{detail.name}",
        "<#setting locale=\"de\">",
        "<#attempt><#recover></#attempt>",
        "${detail.name?matches('(a+)+$')}",
        "${detail.name?left_pad(1000000000)}",
        "<#if",
        "${",
        "${detail.name?replace('a', 'b')}"
      })
  void refusesEverythingElse(String template) {
    assertThatThrownBy(() -> Fragment.parse(template)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${detail.missing}",
        "${.data_model.x}",
        "${text('to')('x')}",
        "${money(detail.name)}",
        "${detail.name.length()}",
        "${detail.getClass()}",
        "${text.class.name}",
        "<#list detail.many as a><#list detail.many as b><#list detail.many as"
            + " c>x</#list></#list></#list>"
      })
  void saysWhenItDoesNotWorkOut(String template) {
    ObjectNode detail = detail("{}").put("name", "x");
    for (int i = 0; i < 200; i++) {
      detail.withArray("many").add(i);
    }

    assertThatThrownBy(() -> Fragment.parse(template).show(detail, ENGLISH))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsNumbersAsTheyCame() {
    assertThat(
            show(
                "${detail.a} ${detail.b} ${detail.c} ${detail.d}",
                "{\"a\":1.15,\"b\":1e999999999,\"c\":12345678901234567890123,\"d\":1e3}"))
        .isEqualTo("1.15 1E&#43;999999999 12345678901234567890123 1000");
  }
}
