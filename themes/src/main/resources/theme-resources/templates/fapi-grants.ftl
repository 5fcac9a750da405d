<#import properties.fapiLayout!"template.ftl" as layout>
<#import "fapi-parts.ftl" as parts>
<#import "fapi-bank.ftl" as bank>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">${text("fapi.grants.title")}<#elseif section = "form">
    <@parts.styles />
    <div class="fapi-consent">
      <#if page.news??><p class="fapi-alert fapi-alert-info" role="status">${page.news}</p></#if>
      <p><#if page.grants?has_content>${text("fapi.grants.intro")}<#else>${text("fapi.grants.none")}</#if></p>
      <#list page.grants as grant>
        <section class="fapi-card" aria-labelledby="fapi-grant-${grant?index}">
          <div class="fapi-grant">
            <@parts.logo grant.client />
            <div class="fapi-who-text">
              <h2 id="fapi-grant-${grant?index}"><bdi class="fapi-quoted">${grant.client.name}</bdi></h2>
              <@parts.dates grant />
            </div>
          </div>
          <details class="fapi-more">
            <summary>${text("fapi.grants.details")}</summary>
            <@parts.grant grant.details grant.scopes />
            <#if grant.bank??><@bank.granted grant.bank /></#if>
          </details>
          <p class="fapi-end"><a class="fapi-button fapi-small" href="${page.home}/${grant.id?url('UTF-8')}" aria-label="${text("fapi.grants.revoke.of", grant.client.name)}">${text("fapi.grants.revoke")}</a></p>
        </section>
      </#list>
      <ul class="fapi-links">
        <#if page.more??><li><a href="${page.more}">${text("fapi.grants.more")}</a></li></#if>
        <li><a href="${page.account}">${text("fapi.grants.back")}</a></li>
      </ul>
    </div>
  </#if>
</@layout.registrationLayout>
