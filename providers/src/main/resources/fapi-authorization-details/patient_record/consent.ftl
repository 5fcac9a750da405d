<#-- detail: the object; text: this type's messages; date: as the user writes it -->
<dl>
  <dt>${text['categories']}</dt>
  <dd><ul><#list detail.categories as value><li>${label('categories.', value)}</li></#list></ul></dd>
  <dt>${text['actions']}</dt>
  <dd><ul><#list detail.actions as value><li>${label('actions.', value)}</li></#list></ul></dd>
  <dt>${text['purpose']}</dt>
  <dd>${label('purpose.', detail.purpose)}</dd>
  <#if (detail.period.start)??>
  <dt>${text['period.start']}</dt>
  <dd>${date(detail.period.start)}</dd>
  </#if>
  <#if (detail.period.end)??>
  <dt>${text['period.end']}</dt>
  <dd>${date(detail.period.end)}</dd>
  </#if>
  <#if detail.identifier??>
  <dt>${text['identifier']}</dt>
  <dd>${detail.identifier}</dd>
  </#if>
</dl>
