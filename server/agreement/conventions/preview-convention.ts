import * as contract from '../../../contract/agreement/conventions.ts'
import { missingOf, render } from '../../../contract/agreement/template.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { shippedTemplate } from '../templates/shipped-template.ts'
import { lastTemplate, templateById } from '../templates/templates.queries.ts'
import { toolsInForce } from '../tools/annex.queries.ts'
import { mayReadText } from './conventions.policy.ts'
import { isStaff, loadConvention } from './conventions.queries.ts'
import { valuesOf } from './template-rules.ts'

/** The text as it would be composed now, what is missing marked. Once sent, the document kept is what counts. */
export const previewConvention = action(contract.previewConvention, {
  load: async ({ params }, { db, now }) => {
    const [loaded, last, tools, staff] = await Promise.all([
      loadConvention(db, params.conventionId),
      lastTemplate(db),
      toolsInForce(db, now),
      isStaff(db),
    ])
    const { convention } = found(loaded)
    return {
      loaded: found(loaded),
      staff,
      template: convention.templateId ? await templateById(db, convention.templateId) : last,
      tools,
    }
  },
  may: (viewer, { loaded, staff }) => mayReadText(viewer, loaded.convention, staff),
  run: async ({ loaded, template, tools }, _input, { now }) => {
    const { body } = template ?? shippedTemplate
    // What was sent keeps who the parties were.
    const { operatorSaid: operator, partnerSaid, ...rest } = loaded.convention
    const { name, ...said } = partnerSaid
    const convention = { ...rest, ...said, operator, organisation: { ...rest.organisation, name } }
    const values = valuesOf({ ...loaded, convention }, tools, now)
    return {
      templateVersion: template?.version ?? null,
      missing: missingOf(body, values),
      blocks: render(body, values).map(block => ({ ...block, parts: [...block.parts] })),
    }
  },
})
