import { useQuery } from '@tanstack/react-query'
import {
  type Delivery,
  deliveries,
  deliveryWords,
  noticeGroups,
  otherMails,
  type SwitchableKind,
  switchable,
} from '../../contract/deliveries.ts'
import { mailKinds, mailMatterWords } from '../../contract/mails.ts'
import { chooseNotifications, readNotificationChoices } from '../../contract/notifications.ts'
import type { Reply } from '../../contract/route.ts'
import { call } from '../platform/api.ts'
import { queryClient } from '../platform/query.ts'
import { toast } from '../platform/toast.ts'
import { Form, Loaded, Page, Section, SelectField } from '../ui/index.ts'
import { notificationsKey } from './queries.ts'

const choicesKey = [...notificationsKey, 'choices']
type Choices = Reply<typeof readNotificationChoices>['choices']
const options = deliveries.map(value => ({ value, label: deliveryWords[value] }))
const groups = Object.entries(noticeGroups) as [keyof typeof noticeGroups, string][]

/** The matters of the kinds that nobody may switch off. */
const imposed = [
  ...new Set(
    Object.keys(mailKinds)
      .filter(kind => !Object.hasOwn(switchable, kind) && !otherMails.includes(kind))
      .flatMap(kind => mailMatterWords[kind.split('-')[0]!] ?? []),
  ),
].sort((a, b) => a.localeCompare(b, 'fr'))

export default function ChoicesPage() {
  const query = useQuery({
    queryKey: choicesKey,
    queryFn: ({ signal }) => call(readNotificationChoices, { signal }),
    refetchOnMount: 'always',
  })
  return (
    <Page
      title="Recevoir mes notifications"
      width="narrow"
      breadcrumb={[{ label: 'Mes notifications', href: '/mes-notifications' }]}
      lead="Chacune paraît dans l’outil. Ici, vous choisissez celles qui viennent aussi par courriel, et quand. Le résumé ne part que s’il y a du nouveau, et jamais pendant vos absences."
    >
      <Loaded query={query} lines={8}>
        {({ choices }) => <ChoicesForm choices={choices} />}
      </Loaded>
      <Section title="Toujours par courriel, tout de suite">
        <p>
          La convention, les actes d’engagement et la sécurité imposent de vous prévenir : ces courriels ne se coupent
          pas. Ils paraissent aussi dans vos notifications.
        </p>
        <ul>
          {imposed.map(words => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </Section>
    </Page>
  )
}

const ChoicesForm = ({ choices }: { choices: Choices }) => (
  <Form
    draft="choices"
    submit="Enregistrer"
    sticky
    onSubmit={async values => {
      const changed = choices
        .map(({ kind, delivery }) => ({ kind, before: delivery, delivery: values[kind] as Delivery }))
        .filter(({ before, delivery }) => before !== delivery)
      if (changed.length > 0)
        await call(chooseNotifications, {
          body: { choices: changed.map(({ kind, delivery }) => ({ kind, delivery })) },
        })
      toast('Vos choix sont enregistrés.')
      await queryClient.invalidateQueries({ queryKey: choicesKey })
    }}
  >
    {groups.map(([group, title]) => (
      <Section key={group} title={title}>
        {choices
          .filter(({ kind }) => switchable[kind as SwitchableKind].group === group)
          .map(({ kind, delivery }) => (
            <SelectField
              key={kind}
              name={kind}
              label={switchable[kind as SwitchableKind].words}
              required
              options={options}
              defaultValue={delivery}
            />
          ))}
      </Section>
    ))}
  </Form>
)
