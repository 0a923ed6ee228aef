import { useQuery } from '@tanstack/react-query'
import { previewConvention } from '../../../contract/agreement/conventions.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { Loaded, Notice, Page } from '../../ui/index.ts'
import { TemplateText } from './template-text.tsx'
import './conventions.css'

export default function TextPage() {
  const { conventionId } = usePathParams<{ conventionId: string }>()
  const query = useQuery({
    queryKey: ['conventions', 'text', conventionId],
    queryFn: ({ signal }) => call(previewConvention, { params: { conventionId }, signal }),
  })
  return (
    <Page
      title="Texte de la convention et de ses annexes"
      width="narrow"
      breadcrumb={[
        { label: 'Conventions', href: '/conventions' },
        { label: 'Convention', href: `/conventions/${conventionId}` },
      ]}
      lead="Tel qu’il se compose aujourd’hui. Une fois envoyé à la signature, c’est le document conservé qui fait foi."
    >
      <Loaded query={query}>
        {({ blocks, missing, templateVersion }) => (
          <>
            {missing.length > 0 && (
              <Notice tone="warning" title={`Il manque ${formatCount(missing.length, 'élément')}`}>
                <ul>
                  {missing.map(one => (
                    <li key={one}>{one}</li>
                  ))}
                </ul>
              </Notice>
            )}
            <p className="fr-text--sm">
              {templateVersion === null
                ? 'Modèle abrégé livré avec le service.'
                : `Modèle de l’opérateur, version ${templateVersion}.`}
            </p>
            <TemplateText blocks={blocks} />
          </>
        )}
      </Loaded>
    </Page>
  )
}
