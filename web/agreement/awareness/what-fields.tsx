import type { Static } from 'typebox'
import { awarenessModalities, type recordAwareness } from '../../../contract/agreement/awareness.ts'
import { today } from '../../platform/format.ts'
import { DateField, SelectField, TextField } from '../../ui/index.ts'
import { modalityWords } from './words.ts'

export type What = Omit<Static<typeof recordAwareness.body>, 'accountId'>
/** When, how and what, of one person or of a meeting. `before`: as it was given already. */
export const WhatFields = ({ before }: { before?: What | undefined }) => (
  <>
    <DateField name="doneOn" label="Date" required max={today()} defaultValue={before?.doneOn ?? today()} />
    <SelectField
      name="modality"
      label="Modalité"
      required
      {...(before ? { defaultValue: before.modality } : {})}
      options={awarenessModalities.map(value => ({ value, label: modalityWords[value] }))}
    />
    <TextField name="title" label="Intitulé" required maxLength={200} defaultValue={before?.title ?? ''} />
    <TextField
      name="minutes"
      label="Durée en minutes"
      type="number"
      min={1}
      max={10_000}
      width="short"
      defaultValue={before?.minutes?.toString() ?? ''}
    />
  </>
)
export const whatOf = (values: Record<string, string>): What => ({
  doneOn: values.doneOn!,
  modality: values.modality as What['modality'],
  title: values.title!.trim(),
  minutes: values.minutes ? Number(values.minutes) : null,
})
