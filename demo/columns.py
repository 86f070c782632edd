"""The columns of the resumption ledger (handbook C5) and the headings which the subdistricts put over them."""

HEADINGS = {
    "number": "序号",
    "name": "企业名称",
    "uscc": "统一社会信用代码",
    "industry": "行业",
    "category": "四上类别",
    "area": "所属街道",
    "department": "行业主管部门",
    "staff": "职工总数",
    "planned_on": "拟复工时间",
    "applied_on": "申请时间",
    "verified_on": "核验时间",
    "verification": "核验结果",
    "document": "批复/备案号",
    "resumed_on": "实际复工时间",
    "people": "返岗人数",
    "from_hubei": "其中：湖北籍",
    "from_elsewhere": "其中：外省",
    "isolated": "隔离人数",
    "supply_days": "防疫物资可用天数",
    "capacity": "产能恢复%",
    "leader": "包挂领导",
    "officer": "服务专员",
    "problem": "存在问题",
    "remark": "备注",
}
BUILDING = "building"  # a column that no importer asks for; one subdistrict keeps it all the same
BUILDING_HEADING = "楼宇名称"

COLUMNS = tuple(HEADINGS)
SUMMED = ("staff", "people", "from_hubei", "from_elsewhere", "isolated")
