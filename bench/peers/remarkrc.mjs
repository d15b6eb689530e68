// The schemas are found from the folder that remark is started in.
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkLintFrontmatterSchema from 'remark-lint-frontmatter-schema'

const types = ['country', 'domain', 'entity']
const schemas = Object.fromEntries(types.map((it) => [`frontmatter/${it}.schema.json`, [`docs/**/${it}--*.md`]]))

export default {plugins: [remarkFrontmatter, remarkGfm, [remarkLintFrontmatterSchema, {schemas}]]}
