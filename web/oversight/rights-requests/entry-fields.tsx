import { today } from '../../platform/format.ts'
import { DateField, RadioKeys, SelectField, TextField } from '../../ui/index.ts'
import { channelWords, type Entry, kindHints, kindWords, optionsOf, whoseWords } from './words.ts'

/** What is typed of a request, entered or corrected; `checked`: the person, whose identity is verified, stays. */
export const EntryFields = ({
  start,
  last = today(),
  checked = false,
}: {
  start?: Entry
  last?: string
  checked?: boolean
}) => (
  <>
    <RadioKeys
      name="kind"
      label="Droit demandé"
      required
      layout="column"
      options={optionsOf(kindWords, kindHints)}
      {...(start ? { defaultValue: start.kind } : {})}
    />
    {!checked && (
      <TextField
        name="person"
        label="Personne"
        hint="Son nom, ou ce qui suffit à la retrouver : les DPD qui tiennent la demande le lisent seuls"
        required
        maxLength={160}
        {...(start ? { defaultValue: start.person } : {})}
      />
    )}
    <SelectField
      name="whose"
      label="Qui elle est"
      required
      options={optionsOf(whoseWords)}
      {...(start ? { defaultValue: start.whose } : {})}
    />
    <SelectField
      name="channel"
      label="Reçue par"
      required
      options={optionsOf(channelWords)}
      {...(start ? { defaultValue: start.channel } : {})}
    />
    <DateField name="receivedOn" label="Reçue le" required max={last} defaultValue={start?.receivedOn ?? last} />
  </>
)
