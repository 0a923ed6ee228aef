import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unusedSpacings } from './spacings-in-use.ts'

test('UX-2: spacings and columns that no page names are left out of the first visit; those named, and all else, stay', () => {
  const styles = `.fr-mb-2w{margin:0}.fr-mb-2v,.fr-pl-md-1w{margin:0}.fr-col-12{flex:0}.fr-grid-row{margin:0}
    .fr-modal{top:0}.fr-modal__body{top:0}.fr-header .fr-mt-n1v{margin:0}.fr-password{top:0}.fr-mbx{top:0}`
  const sources = [`<p className="fr-mb-2w fr-grid-row">`, 'fr-col-12.5']
  assert.deepEqual(unusedSpacings(styles, sources), ['fr-mb-2v', 'fr-pl-md-1w', 'fr-mt-n1v'])
})
