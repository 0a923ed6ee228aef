import { useQuery } from '@tanstack/react-query'
import { formatCount } from '../../platform/format.ts'
import { Empty, Link, Loaded, Page, Section } from '../../ui/index.ts'
import { Precedence } from './precedence.tsx'
import { conditionsQuery } from './queries.ts'
import { Texts } from './texts-to-accept.tsx'

export default function ConditionsPage() {
  const conditions = useQuery(conditionsQuery)
  const left = conditions.data?.toAccept
  return (
    <Page
      title="Conditions à accepter"
      width="narrow"
      lead={
        left === undefined
          ? 'Les textes qui s’appliquent à vous, à lire avant d’aller plus loin.'
          : left === 0
            ? 'Aucun texte en vigueur n’attend votre accord.'
            : `${formatCount(left, 'texte')} à lire et à accepter avant d’aller plus loin.`
      }
    >
      <Section title="Quel texte l’emporte">
        <p>Si deux textes se contredisent, celui qui vient d’abord l’emporte (article 12 de la convention).</p>
        <Precedence />
        <p className="fr-text--sm fr-mb-0">
          Les versions précédentes et à venir se lisent dans <Link href="/textes">Conditions et règles</Link>.
        </p>
      </Section>
      <Loaded
        query={conditions}
        lines={8}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucun texte n’est publié">
              L’opérateur n’a pas encore publié de conditions : rien n’est à accepter, et vos habilitations n’ouvrent
              rien d’ici là. Ses administrateurs agissent.
            </Empty>
          )
        }
      >
        {data => <Texts {...data} />}
      </Loaded>
    </Page>
  )
}
