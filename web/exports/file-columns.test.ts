import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ExportedName, exportedLists, usualColumns } from '../../contract/exported-lists.ts'
import { fileColumns } from './file-columns.ts'

test('CAM-10: a file has the columns chosen on its page, in the order of the file, and says whose each line is', () => {
  assert.deepEqual(fileColumns('targets', 'contact,lieu'), [
    'siret',
    'name',
    'town',
    'activity',
    'contactOn',
    'contactBy',
    'notToContact',
  ])
  assert.deepEqual(fileColumns('nextActions', 'effectif,action'), [
    'actionOn',
    'actionAt',
    'actionKind',
    'late',
    'siret',
    'name',
    'headcount',
    'notedBy',
    'notToContact',
  ])
  assert.deepEqual(fileColumns('search', 'code,contact'), ['siret', 'name', 'activityCode', 'notToContact'])
  assert.deepEqual(fileColumns('indicatorRows', 'date'), ['label', 'on'])
})
test('CAM-10: without a choice on the page the file has its usual columns; with none of the page, whose each line is', () => {
  for (const name of Object.keys(exportedLists) as ExportedName[]) {
    const usual = usualColumns(exportedLists[name])
    assert.deepEqual(fileColumns(name, undefined), usual, name)
    const least = fileColumns(name, 'aucune')
    assert.ok(least.length > 0 && least.length < usual.length, name)
    assert.deepEqual(fileColumns(name, 'toString,constructor,inconnue'), least, name)
  }
})
test('PRI-5: what names persons is never taken by what the page shows: it is ticked', () => {
  assert.ok(!fileColumns('portfolio', 'mots').some(key => ['notes', 'personMet', 'phone'].includes(key)))
  assert.ok(!fileColumns('exchanges', 'notes,personne,besoin').some(key => ['notes', 'personMet'].includes(key)))
  assert.ok(fileColumns('exchanges', 'notes,personne,besoin').includes('need'))
})
