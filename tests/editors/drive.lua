-- Opens a file, waits for its diagnostics, takes the code action with a title, writes the file.
-- What happened goes to a file as JSON: the diagnostics before and after.
local path, title, out = vim.env.TAGLINT_FILE, vim.env.TAGLINT_ACTION, vim.env.TAGLINT_OUT

local function wait(what, done)
  if not vim.wait(30000, done, 20) then
    error('waited in vain for ' .. what)
  end
end

local function found()
  return vim.tbl_map(function(item)
    return { line = item.lnum, column = item.col, code = item.code, message = item.message,
      severity = item.severity, source = item.source }
  end, vim.diagnostic.get(0))
end

local function main()
  vim.cmd('edit ' .. vim.fn.fnameescape(path))
  wait('diagnostics', function() return #vim.diagnostic.get(0) > 0 end)
  local before = found()
  vim.ui.select = function(items, _, choose)
    for _, item in ipairs(items) do
      local action = item.action or item[2]
      if action.title == title then
        return choose(item)
      end
    end
    error('no action ' .. title)
  end
  local tick = vim.b.changedtick
  vim.lsp.buf.code_action()
  wait('the edit', function() return vim.b.changedtick ~= tick end)
  wait('new diagnostics', function() return #vim.diagnostic.get(0) < #before end)
  vim.cmd('write')
  vim.fn.writefile({ vim.fn.json_encode({ before = before, after = found() }) }, out)
end

local ok, problem = pcall(main)
if not ok then
  vim.fn.writefile({ vim.fn.json_encode({ problem = tostring(problem) }) }, out)
end
vim.cmd('qall!')
