import { mergeTexts } from './mergeTexts'

export default mergeTexts(
  import.meta.glob<Record<string, unknown>>(['./fr.json', '../features/*/locales/fr.json'], {
    eager: true,
    import: 'default',
  }),
)
