<#import properties.fapiLayout!"template.ftl" as layout>
<#import "fapi-parts.ftl" as parts>
<#import "fapi-scheme-parts.ftl" as scheme>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header"><#if page.named!false><bdi>${page.title}</bdi><#else>${page.title}</#if><#elseif section = "form">
    <@parts.styles />
    <link rel="stylesheet" href="${url.resourcesPath}/css/fapi-scheme.css">
    <div class="fapi-consent fapi-scheme">
      <@scheme.navigation page />
      <#if page.news??><p class="fapi-alert fapi-alert-info" role="status">${page.news}</p></#if>
      <#if page.form??><@scheme.form page.form page.title /></#if>
      <#list page.sections as one><@scheme.section one /></#list>
      <footer class="fapi-foot">
        <p class="fapi-muted">${text("fapi.consent.user", page.user)}</p>
        <p><a href="${page.logout}">${text("fapi.scheme.logout")}</a></p>
      </footer>
    </div>
  </#if>
</@layout.registrationLayout>
