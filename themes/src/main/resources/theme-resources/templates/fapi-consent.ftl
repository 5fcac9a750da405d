<#import properties.fapiLayout!"template.ftl" as layout>
<#import "fapi-parts.ftl" as parts>
<#import "fapi-bank.ftl" as bank>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">${text("fapi.consent.title")}<#elseif section = "form">
    <@parts.styles />
    <div class="fapi-consent">
      <#if consent.problems.page??>
        <p class="fapi-alert" role="alert" id="fapi-problem">${consent.problems.page}</p>
      <#elseif !consent.possible>
        <p class="fapi-alert" role="alert">${text("fapi.consent.impossible")}</p>
      </#if>

      <section class="fapi-who" aria-label="${text("fapi.consent.who")}">
        <@parts.logo consent.client />
        <div class="fapi-who-text">
          <p class="fapi-name"><bdi class="fapi-quoted">${consent.client.name}</bdi></p>
          <#if consent.client.organization??>
            <p class="fapi-muted"><bdi>${consent.client.organization}</bdi></p>
          </#if>
          <p>${text("fapi.consent.asks")}</p>
          <#if consent.purpose??>
            <p>${text("fapi.bank.purpose")}: <bdi class="fapi-quoted">${consent.purpose}</bdi></p>
          </#if>
          <#if consent.client.host??>
            <p class="fapi-muted">${text("fapi.consent.return", consent.client.host)}</p>
          </#if>
          <p class="fapi-muted">${text("fapi.consent.user", consent.user)}</p>
          <#if consent.client.policy?? || consent.client.terms?? || consent.client.website??>
            <ul class="fapi-links" aria-label="${text("fapi.consent.links")}">
              <#if consent.client.policy??><li><@parts.away address=consent.client.policy words=text("fapi.consent.policy") host=consent.client.policyHost /></li></#if>
              <#if consent.client.terms??><li><@parts.away address=consent.client.terms words=text("fapi.consent.terms") host=consent.client.termsHost /></li></#if>
              <#if consent.client.website??><li><@parts.away address=consent.client.website words=text("fapi.consent.website") host=consent.client.websiteHost /></li></#if>
            </ul>
          </#if>
        </div>
      </section>

      <form action="${url.loginAction}" method="post">
        <#if consent.bank??>
          <section class="fapi-card" aria-labelledby="fapi-bank">
            <h2 id="fapi-bank">${text("fapi.bank.title")}</h2>
            <@bank.content consent.bank />
            <@bank.accounts from=consent.bank.accounts words=(consent.problems.account)!"" first=(((consent.first)!"") == "account") />
          </section>
        </#if>

        <#list consent.items as item>
          <section class="fapi-card" aria-labelledby="fapi-item-${item.index}">
            <div class="fapi-card-head">
              <h2 id="fapi-item-${item.index}">${item.title}</h2>
              <#if consent.items?size gt 1>
                <span class="fapi-muted">${text("fapi.consent.count", item?counter, consent.items?size)}</span>
              </#if>
            </div>
            <#if item.html??>
              <div class="fapi-detail">${item.html?no_esc}</div>
            <#else>
              <div class="fapi-detail"><@parts.members item.members /></div>
            </#if>
            <#if item.options??>
              <@parts.choice item=item words=(consent.problems[item.choiceField])!"" first=(((consent.first)!"") == item.choiceField) />
            </#if>
            <#if item.until??><p>${text("fapi.consent.until", item.until)}</p></#if>
            <#if item.once && !consent.once><p>${text("fapi.consent.once.item")}</p></#if>
            <#if item.html??>
              <details class="fapi-more">
                <summary>${text("fapi.consent.all")}</summary>
                <@parts.members item.members />
              </details>
            </#if>
            <#if item.optional>
              <#assign wrong = (consent.problems[item.field])!"">
              <@parts.problem words=wrong field=item.field />
              <label class="fapi-check fapi-check-strong">
                <input type="checkbox" name="${item.field}" value="yes"<@parts.wrong words=wrong field=item.field first=(((consent.first)!"") == item.field) />
                  <#if item.options?? && !item.options?has_content>disabled<#elseif item.checked>checked</#if>>
                <span>${text("fapi.consent.item")}</span>
              </label>
            </#if>
          </section>
        </#list>

        <#if consent.scopes?has_content>
          <section class="fapi-card" aria-labelledby="fapi-scopes">
            <h2 id="fapi-scopes">${text((consent.items?has_content || consent.bank??)?then("fapi.consent.scopes.also", "fapi.consent.scopes"))}</h2>
            <ul class="fapi-list">
              <#list consent.scopes as scope><li>${scope}</li></#list>
            </ul>
          </section>
        </#if>

        <#if consent.action?? && consent.action != "create">
          <section class="fapi-card" aria-labelledby="fapi-grant">
            <h2 id="fapi-grant">${text("fapi.consent." + consent.action + ".title")}</h2>
            <p>${text("fapi.consent." + consent.action)}</p>
            <#if consent.held?has_content || consent.heldScopes?has_content>
              <details class="fapi-more" open>
                <summary>${text("fapi.consent." + consent.action + ".held")}</summary>
                <@parts.grant consent.held consent.heldScopes />
              </details>
            </#if>
          </section>
        </#if>

        <section class="fapi-card">
          <#if consent.bank??>
            <h2>${text("fapi.consent.lifetime")}</h2>
            <p><#if consent.bank.until??>${text("fapi.consent.until", consent.bank.until)}<#else>${text("fapi.bank.forever")}</#if></p>
          <#elseif consent.once>
            <h2>${text("fapi.consent.once.title")}</h2>
            <p>${text("fapi.consent.once", consent.lifetimes[0].until)}</p>
          <#elseif consent.lifetimes?size == 1>
            <#assign lifetime = consent.lifetimes[0]>
            <h2>${text("fapi.consent.lifetime")}</h2>
            <p>${text("fapi.consent.until", lifetime.until)}<#if lifetime.length?has_content> (${lifetime.length})</#if></p>
          <#else>
            <#assign wrong = (consent.problems.lifetime)!"">
            <fieldset class="fapi-choice" role="radiogroup"<@parts.wrong words=wrong field="lifetime" first=false />>
              <legend><h2>${text("fapi.consent.lifetime.choose")}</h2></legend>
              <@parts.problem words=wrong field="lifetime" />
              <#list consent.lifetimes as lifetime>
                <label class="fapi-check">
                  <input type="radio" name="lifetime" value="${lifetime.value}"<#if lifetime.checked> checked</#if><#if lifetime?is_first && ((consent.first)!"") == "lifetime"> autofocus</#if>>
                  <span><#if lifetime.length?has_content>${lifetime.length} <span class="fapi-muted">${text("fapi.consent.until.short", lifetime.until)}</span><#else>${text("fapi.consent.until", lifetime.until)}</#if></span>
                </label>
              </#list>
            </fieldset>
          </#if>
          <#if consent.bank?? || !consent.once><p class="fapi-muted">${text("fapi.consent.withdraw")}</p></#if>
        </section>

        <div class="fapi-actions">
          <#if consent.possible>
            <button class="fapi-button fapi-primary" name="accept" value="yes" type="submit"><#if consent.button??>${consent.button?no_esc}<#else>${text("fapi.consent.approve")}</#if></button>
          </#if>
          <button class="fapi-button" name="cancel" value="yes" type="submit">${text("fapi.consent.refuse")}</button>
        </div>
      </form>
    </div>
  </#if>
</@layout.registrationLayout>
