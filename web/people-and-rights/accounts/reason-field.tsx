import { TextArea } from '../../ui/index.ts'

/** Why one does what one does to someone’s account or grant. */
export const Reason = ({ hint }: { hint: string }) => (
  <TextArea name="reason" label="Motif" hint={hint} required maxLength={300} rows={3} />
)
